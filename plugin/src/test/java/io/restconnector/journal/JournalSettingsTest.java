package io.restconnector.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.journal.JournalSettings.Capture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Defaults and ranges. */
class JournalSettingsTest {

  @Test
  void whenNothingIsGivenThenTheDefaultsAreThoseOfTheDocumentation() {
    assertThat(JournalSettings.defaults())
        .isEqualTo(new JournalSettings(1_000, Capture.METADATA, List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_000_001})
  void whenTheSizeIsOutOfRangeThenItIsNamed(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JournalSettings.defaults().withSize(size))
        .withMessage("journal.size is out of range, wanted 0 to 1000000");
  }

  @Test
  void whenASettingIsAtItsLimitThenItIsTakenAndTheOthersStay() {
    List<String> names = new ArrayList<>(List.of("pin"));
    JournalSettings settings =
        JournalSettings.defaults()
            .withRedact(names)
            .withCapture(Capture.BODIES)
            .withSize(1_000_000);
    names.clear();

    assertThat(settings).isEqualTo(new JournalSettings(1_000_000, Capture.BODIES, List.of("pin")));
    assertThat(settings.withSize(0).size()).isZero();
  }
}
