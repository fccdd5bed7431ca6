package io.restconnector.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.internal.Redaction;
import io.restconnector.journal.JournalSettings;
import io.restconnector.spi.Secret;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTextTest {

  private final Redaction secrets =
      Redaction.of(
          List.of(Secret.of("pa$$/w0rd!~"), Secret.of("ann's b~c"), Secret.of("gr\u00fc\u00df!")));
  private final ShownText text = new ShownText(JournalSettings.defaults(), () -> secrets, Set.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "x/pa$$%2Fw0rd!~/y         | x/***/y",
        "x/pa%24%24%2fw0rd!~/y     | x/***/y",
        "x/pa%24$/w0rd%21%7E/y     | x/***/y",
        "x/ann's%20b~c/y           | x/***/y",
        "x/ann%27s+b%7Ec/y         | x/***/y",
        "x/ann's+b~c/pa%24$/w0rd!~ | x/***/***",
        "x/gr%C3%BC%c3%9f!/y       | x/***/y",
        "pa%24$/w0rd!~%0Ax         | ***%0Ax"
      })
  void whenASecretIsEncodedInAnyMixtureThenItIsMasked(String path, String shown) {
    assertThat(text.path(path)).isEqualTo(shown);
    assertThat(text.query("a=" + path)).isEqualTo("a=" + shown);
    assertThat(text.header("x-a", path)).isEqualTo(shown);
    assertThat(text.beginning(path, 1_000)).isEqualTo(shown);
    assertThat(text.sameUnlessSecret(path, 1_000)).isEqualTo(shown);
  }

  @Test
  void whenTheEndCutsASecretThenNoPartOfItIsShown() {
    assertThat(text.beginning("x/pa%24$/w0rd!~", 6)).isEqualTo("x/***");
    assertThat(text.beginning("x/pa%24$/w0rd!~", 4)).isEqualTo("x/");
  }

  @ParameterizedTest
  @CsvSource({"a%2Fb+c%20d%0A%zz%", "%C3%BC/1+1=2", "100%"})
  void whenNothingIsSecretThenTheTextStaysAsItCame(String plain) {
    assertThat(text.path(plain)).isEqualTo(plain);
    assertThat(text.beginning(plain, 1_000)).isEqualTo(plain);
  }
}
