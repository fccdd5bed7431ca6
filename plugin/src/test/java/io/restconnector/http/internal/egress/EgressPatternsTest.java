package io.restconnector.http.internal.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One list of the egress settings. */
class EgressPatternsTest {

  private static final EgressPatterns PATTERNS =
      EgressPatterns.parse(
          "egress.allow", List.of(" API.example.com ", "*.corp", "my_host", "10.0.0.0/8", "::1"));

  @ParameterizedTest
  @CsvSource({
    "api.example.com, true",
    "x.api.example.com, false",
    "a.corp, true",
    "corp, false",
    "my_host, true",
    "10.0.0.1, false",
  })
  void whenANameIsListedThenItMatches(String name, boolean matches) {
    assertThat(PATTERNS.match(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"10.1.2.3, true", "11.1.2.3, false", "::1, true", "::2, false"})
  void whenAnAddressIsInARangeThenItMatches(String address, boolean matches) throws Exception {
    assertThat(PATTERNS.match(InetAddress.getByName(address))).isEqualTo(matches);
  }

  @Test
  void whenEveryHostIsListedThenEveryNameMatchesAndNoAddress() throws Exception {
    EgressPatterns all = EgressPatterns.parse("egress.allow", List.of("*"));

    assertThat(all.match("anything")).isTrue();
    assertThat(all.match(InetAddress.getByName("10.0.0.1"))).isFalse();
  }

  /** A name that ends in a number is an address to some resolvers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a..b",
        "a.*",
        "**",
        "https://geheim",
        "geheim/8",
        "10.0.0.0/33",
        "1.2",
        "0x7f"
      })
  void whenAnEntryIsNeitherThenThePlaceIsNamedAndTheEntryNotQuoted(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressPatterns.parse("egress.deny", List.of("a.test", entry)))
        .withMessageStartingWith("egress.deny[1] is not a host such as api.example.com")
        .satisfies(refused -> assertThat(refused).hasMessageNotContaining("geheim"));
  }
}
