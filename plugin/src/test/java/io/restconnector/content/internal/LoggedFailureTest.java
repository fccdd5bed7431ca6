package io.restconnector.content.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class LoggedFailureTest {

  private static String print(Throwable failure) {
    StringWriter text = new StringWriter();
    LoggedFailure.of(failure).printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static RuntimeException thrownByALibrary() {
    try {
      return new IllegalStateException(Integer.toString(Integer.parseInt("secret")));
    } catch (NumberFormatException thrown) {
      return thrown;
    }
  }

  @Test
  void whenALibraryThrewThenItsTypeAndStackAreLeft() {
    assertThat(print(thrownByALibrary()))
        .startsWith("java.lang.NumberFormatException\n\tat java.base/java.lang.")
        .contains("LoggedFailureTest.thrownByALibrary")
        .doesNotContain("secret");
  }

  @Test
  void whenTheApplicationThrewThenItsWordsAreLeft() {
    LoggedFailure logged = LoggedFailure.of(new IllegalStateException("no stock"));

    assertThat(logged).hasMessage("java.lang.IllegalStateException: no stock");
    assertThat(logged.words()).isEqualTo("no stock");
  }

  @Test
  void whenTheApplicationWrapsALibraryThenItMayHaveTakenItsWords() {
    Throwable wrapped = new IllegalStateException(thrownByALibrary());

    assertThat(print(wrapped)).contains("Caused by: java.lang.Number").doesNotContain("secret");
    assertThat(LoggedFailure.of(wrapped).words()).isNull();
  }

  @Test
  void whenADatabaseFailedThenItsCodesAreLeft() {
    assertThat(print(new SQLException("value 'secret' too long", "22001", 7)))
        .startsWith("java.sql.SQLException (SQL state 22001, code 7)")
        .doesNotContain("secret");
  }

  @Test
  void whenCausesGoInACircleThenItEnds() {
    IOException one = new IOException("secret");
    one.initCause(new IOException("secret", one));

    assertThat(print(one)).doesNotContain("secret");
  }
}
