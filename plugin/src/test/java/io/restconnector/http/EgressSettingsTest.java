package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.http.EgressSettings.Mode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Defaults, and lists that are no patterns. */
class EgressSettingsTest {

  @Test
  @SuppressWarnings("NullAway") // a binder leaves out what is not configured
  void whenNothingIsGivenThenTheModeIsStandardAndTheListsAreEmpty() {
    assertThat(new EgressSettings(null, null, null))
        .isEqualTo(EgressSettings.defaults())
        .isEqualTo(new EgressSettings(Mode.STANDARD, List.of(), List.of()));
  }

  @Test
  void whenOneSettingIsChangedThenTheOthersStay() {
    List<String> denied = new ArrayList<>(List.of("10.0.0.0/8"));
    EgressSettings settings =
        EgressSettings.defaults()
            .withDeny(denied)
            .withAllow(List.of("*.example.com"))
            .withMode(Mode.STRICT);
    denied.clear();

    assertThat(settings)
        .isEqualTo(
            new EgressSettings(Mode.STRICT, List.of("*.example.com"), List.of("10.0.0.0/8")));
  }

  @Test
  void whenAnEntryIsNoPatternThenItsListIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressSettings.defaults().withAllow(List.of("a b")))
        .withMessageStartingWith("egress.allow[0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressSettings.defaults().withDeny(List.of("a", "b c")))
        .withMessageStartingWith("egress.deny[1]");
  }
}
