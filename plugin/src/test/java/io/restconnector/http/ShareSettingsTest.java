package io.restconnector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareSettingsTest {

  private static ShareSettings share(String hosts) {
    return new ShareSettings(List.of(hosts.split(" ")), 1, null);
  }

  @ParameterizedTest
  @CsvSource({
    "1, ",
    ", 0.00001",
    ", 1000000",
    "2147483647, 0.5",
  })
  void whenASettingIsAtItsLimitThenItIsTaken(@Nullable Integer maxInFlight, @Nullable Double rate) {
    assertThat(new ShareSettings(List.of("h"), maxInFlight, rate).maxInFlight())
        .isEqualTo(maxInFlight);
  }

  @ParameterizedTest
  @CsvSource({
    "h, , , it has neither max-in-flight nor requests-per-second",
    "h, 0, , 'max-in-flight is out of range, wanted 1 or more'",
    "h, -1, 5, 'max-in-flight is out of range, wanted 1 or more'",
    "h, , 0, 'requests-per-second is out of range, wanted 0.00001 to 1000000'",
    "h, 1, -1, 'requests-per-second is out of range, wanted 0.00001 to 1000000'",
    "h, 1, NaN, 'requests-per-second is out of range, wanted 0.00001 to 1000000'",
    "h, 1, Infinity, 'requests-per-second is out of range, wanted 0.00001 to 1000000'",
    "h, 1, 0.000009, 'requests-per-second is out of range, wanted 0.00001 to 1000000'",
    ", 1, , 'hosts is missing: what the share is of'",
  })
  void whenASettingIsOutOfRangeThenItIsNamed(
      @Nullable String host, @Nullable Integer maxInFlight, @Nullable Double rate, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ShareSettings(host == null ? List.of() : List.of(host), maxInFlight, rate))
        .withMessage("share: " + said);
  }

  @ParameterizedTest
  @CsvSource({
    "a, b",
    "*.example.com, api.example.com",
    "api.example.com, api.example.com:8443",
    "http://api.example.com, api.example.com",
  })
  void whenHostsOfSharesDifferThenTheyAreTaken(String one, String other) {
    Map<String, ShareSettings> shares = Map.of("one", share(one), "other", share(other));

    assertThat(AccessSettings.defaults().withShares(shares).shares()).isEqualTo(shares);
  }

  @ParameterizedTest
  @CsvSource({
    "h, H",
    "h, h:443",
    "h x, y https://h",
    "http://h, http://h:80",
    "*.example.com, *.EXAMPLE.com",
    "::1, [0:0:0:0:0:0:0:1]:443",
  })
  void whenTwoSharesHaveTheSameHostsThenThatIsRefused(String one, String other) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                AccessSettings.defaults()
                    .withShares(Map.of("one", share(one), "other", share(other))))
        .withMessage("shares.other.hosts has an entry that shares.one.hosts has, too");
  }

  @Test
  void whenAShareNamesItsHostTwiceThenThatIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessSettings.defaults().withShares(Map.of("one", share("h h:443"))))
        .withMessage("shares.one.hosts has an entry twice");
  }
}
