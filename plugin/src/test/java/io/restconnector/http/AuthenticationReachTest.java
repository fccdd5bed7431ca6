package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hosts an authentication may be sent to. */
class AuthenticationReachTest {

  @Test
  void whenTheListOfHostsIsEmptyThenThatIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AuthenticationReach(List.of(), null))
        .withMessage("authentication: hosts is empty");
  }

  @Test
  void whenAHostIsNoneThenThatIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AuthenticationReach(List.of("a.test", "https://u:p@b"), null))
        .withMessageContaining("hosts[1]")
        .satisfies(refused -> assertThat(refused).hasMessageNotContaining("u:p"));
  }

  @Test
  void whenTheListChangesLaterThenThatDoesNotCount() {
    List<String> hosts = new ArrayList<>(List.of("a.test"));
    AuthenticationReach reach = new AuthenticationReach(hosts, "partner");
    hosts.add("b.test");

    assertThat(reach.hosts()).containsExactly("a.test");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.test/x, true, true",
    "https://b.test/x, true, false",
    "https://a.test:8443/, true, false",
    "http://a.test/, false, false",
    "http://127.0.0.1:8080/, true, false",
    "http://inventory:8080/, false, true",
  })
  void whenHostsAreNamedThenTheseAreAllAndElseWhatIsConfidential(
      URI url, boolean byDefault, boolean amongHosts) {
    AuthenticationSettings bearer = AuthenticationSettings.bearer("key");

    assertThat(bearer.allows(url)).isEqualTo(byDefault);
    assertThat(bearer.withHosts(List.of("a.test", "http://inventory:8080")).allows(url))
        .isEqualTo(amongHosts);
  }
}
