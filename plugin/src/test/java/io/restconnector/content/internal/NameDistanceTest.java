package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "timeout, timeout, 0",
    "TimeOut, timeout, 0",
    "timout, timeout, 1",
    "timeouts, timeout, 1",
    "timeaut, timeout, 2",
    "tiemout, timeout, 2",
    "'', timeout, 7",
    "timeout, '', 7",
    "default-timeout, timeout, 8",
    "abc, xyz, 6",
  })
  void whenNamesDifferThenTheLettersToInsertOrRemoveCount(String name, String meant, int distance) {
    assertThat(NameDistance.between(name, meant)).isEqualTo(distance);
    assertThat(NameDistance.between(meant, name)).isEqualTo(distance);
  }
}
