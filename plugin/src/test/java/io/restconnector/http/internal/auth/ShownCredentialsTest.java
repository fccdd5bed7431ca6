package io.restconnector.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The last values of each user. */
class ShownCredentialsTest {

  private final ShownCredentials shown = new ShownCredentials();

  private static List<Secret> secrets(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> Secret.of("s" + i)).toList();
  }

  @Test
  void whenAValueIsThereThenItIsNotAddedAgain() {
    shown.add("crm", secrets(0, 2));
    long changes = shown.changes();
    shown.add("crm", secrets(0, 2));

    assertThat(shown.changes()).isEqualTo(changes).isEqualTo(2);
    assertThat(shown.values()).isEqualTo(secrets(0, 2));
  }

  @Test
  void whenThereAreTooManyThenTheOldestOfThatUserGo() {
    shown.add("other", secrets(0, 1));
    shown.add("crm", secrets(100, 164));
    assertThat(shown.values()).hasSize(65);
    shown.add("crm", secrets(164, 166));

    assertThat(shown.values())
        .hasSize(65)
        .containsAll(secrets(0, 1))
        .containsAll(secrets(102, 166));
    assertThat(shown.changes()).isEqualTo(67);
  }
}
