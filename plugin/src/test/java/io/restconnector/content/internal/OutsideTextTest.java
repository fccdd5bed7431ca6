package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What databases and people can read. */
class OutsideTextTest {

  private static final String HIGH = "\ud83d";
  private static final String LOW = "\ude00";

  @Test
  void whenACharacterIsNoneThatDatabasesKeepThenItIsReplacedAndTheOthersStay() {
    assertThat(OutsideText.storable("a\0b")).isEqualTo("a\ufffdb");
    assertThat(OutsideText.storable(HIGH + LOW + HIGH)).isEqualTo(HIGH + LOW + "\ufffd");
    assertThat(OutsideText.storable(LOW + HIGH)).isEqualTo("\ufffd\ufffd");
    assertThat(OutsideText.isStorable(HIGH + LOW + "\u0001")).isTrue();
    assertThat(OutsideText.isStorable(LOW)).isFalse();
    assertThat(OutsideText.storable((Object) 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0x00, false", "0x08, false", "0x0b, false", "0x1f, false", "0x09, true"})
  void whenTextHasAControlOfBinaryDataThenItIsNotReadable(String code, boolean isReadable) {
    String text = "a" + (char) Integer.decode(code).intValue();
    assertThat(OutsideText.isReadable(text)).isEqualTo(isReadable);
  }

  @Test
  void whenTextBeginsWithAByteOrderMarkThenItIsLeftOutOnce() {
    assertThat(OutsideText.withoutByteOrderMark("\ufeff\ufeff{}")).isEqualTo("\ufeff{}");
    assertThat(OutsideText.withoutByteOrderMark("{\ufeff}")).isEqualTo("{\ufeff}");
  }
}
