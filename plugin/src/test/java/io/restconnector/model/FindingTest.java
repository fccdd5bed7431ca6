package io.restconnector.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.model.Finding.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ERROR   | timeout      | timeout is wrong  | error: process 'p', activity 'a': timeout is wrong",
        "WARNING | timeout      | it is wrong       | warning: process 'p', activity 'a', field 'timeout': it is wrong",
        "ERROR   | timeout      | timeouts differ   | error: process 'p', activity 'a', field 'timeout': timeouts differ",
        "ERROR   | event 'e'    | it is wrong       | error: process 'p', activity 'a', event 'e': it is wrong",
      })
  void whenAFindingIsALineThenItSaysItsPlaceOnce(
      Severity severity, String field, String message, String line) {
    Finding finding = new Finding(severity, "p", "a", field, message);

    assertThat(finding).hasToString(line);
    assertThat(finding.isError()).isEqualTo(severity == Severity.ERROR);
  }
}
