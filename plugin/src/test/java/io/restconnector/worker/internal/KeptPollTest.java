package io.restconnector.worker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job keeps between two questions. */
class KeptPollTest {

  private static final URI STATUS = URI.create("https://h/jobs/1?a=%22b%22");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"1234, -", "-, -", "1234, of others", "-, {\"rest-connector-poll\":{}}", "0, ''"})
  void whenItIsKeptThenItIsReadAsItWas(@Nullable Long begun, @Nullable String others) {
    KeptPoll kept =
        new KeptPoll(
            STATUS,
            "POST https://h/\"jobs\"",
            begun == null ? null : Instant.ofEpochMilli(begun),
            3,
            others);

    assertThat(KeptPoll.of(kept.customValues())).isEqualTo(kept);
    assertThat(KeptPoll.others(kept.customValues())).isEqualTo(others);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "text", "{\"poll\":1}", " {\"rest-connector-poll\":{}}"})
  void whenTheCustomValuesAreOfOthersThenNothingIsKeptAndTheyStay(@Nullable String customValues) {
    assertThat(KeptPoll.of(customValues)).isNull();
    assertThat(KeptPoll.others(customValues)).isEqualTo(customValues);
  }

  @ParameterizedTest
  @ValueSource(strings = {"others"})
  void whenTheJobIsTriedAgainThenItHasAllOfItsTimeAndQuestions(String others) {
    assertThat(new KeptPoll(STATUS, "f", Instant.EPOCH, 3, others).anew())
        .isEqualTo(new KeptPoll(STATUS, "f", null, 0, others));
  }
}
