package io.restconnector.httptask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostAuthenticationTest {

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(null, "crm", "hosts is missing, wanted at least one"),
        Arguments.of(List.of(), "crm", "hosts is missing, wanted at least one"),
        Arguments.of(List.of("h"), null, "authentication is missing, wanted its name"),
        Arguments.of(List.of("h"), " ", "authentication is missing, wanted its name"),
        Arguments.of(Arrays.asList("h", "a b"), "crm", ""));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  @SuppressWarnings("NullAway") // what a configuration does not have
  void whenSomethingIsMissingOrNoHostThenItIsRefused(
      @Nullable List<String> hosts, @Nullable String authentication, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HostAuthentication(hosts, authentication))
        .withMessageContaining(said);
  }

  @Test
  void whenTheListChangesThenTheSettingDoesNot() {
    List<String> hosts = new ArrayList<>(List.of("h"));
    HostAuthentication setting = new HostAuthentication(hosts, "crm");
    hosts.clear();

    assertThat(setting.hosts()).containsExactly("h");
  }
}
