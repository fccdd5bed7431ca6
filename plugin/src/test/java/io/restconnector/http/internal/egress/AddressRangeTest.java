package io.restconnector.http.internal.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CIDR blocks. */
class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, '::1', false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "'::1', '::1', true",
    "2001:db8::/33, 2001:db8:8000::, false"
  })
  void whenAnAddressIsInsideThenTheRangeContainsIt(String range, String address, boolean isIn)
      throws Exception {
    assertThat(AddressRange.of(range).contains(InetAddress.getByName(address))).isEqualTo(isIn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/a",
        "10.0.0",
        "010.0.0.0",
        "10.0.0.256",
        "fd00::/129",
        "fd00:::1",
        "::g",
        "example.com",
        "1",
        ""
      })
  void whenTextIsNoRangeThenItIsNone(String text) {
    assertThat(AddressRange.parse(text)).isNull();
  }
}
