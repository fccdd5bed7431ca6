package io.restconnector.http.internal.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses with a meaning of their own. */
class SpecialAddressesTest {

  private static InetAddress address(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "10.1.2.3, false",
    "100.64.0.1, false",
    "100.128.0.1, true",
    "127.0.0.2, false",
    "172.32.0.1, true",
    "192.0.2.9, false",
    "198.20.0.1, true",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "2606:4700::1, true",
    "2001:db8::1, false",
    "2001:200::1, true",
    "fd00::1, false",
    "fe80::1, false",
    "::1, false",
    "3fff::1, false",
    "64:ff9b::808:808, true"
  })
  void whenAnAddressIsOfTheInternetThenItIsPublic(String text, boolean isPublic) throws Exception {
    assertThat(SpecialAddresses.isPublic(address(text))).isEqualTo(isPublic);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"169.254.169.254", "100.100.100.200", "168.63.129.16", "fe80::a", "fd00:ec2::254"})
  void whenACloudHandsOutCredentialsThereThenItIsMetadata(String text) throws Exception {
    assertThat(SpecialAddresses.isLinkLocalOrMetadata(address(text))).isTrue();
    assertThat(SpecialAddresses.isLinkLocalOrMetadata(address("8.8.8.8"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "64:ff9b::a9fe:a9fe, 169.254.169.254",
    "::ffff:0:a9fe:a9fe, 169.254.169.254",
    "::169.254.169.254, 169.254.169.254",
    "2002:a9fe:a9fe::1, 169.254.169.254",
    "2001:0:a9fe:a9fe::, 169.254.169.254",
    "2001:0:1::f5ff:fffe, 10.0.0.1",
    "64:ff9b:1:a9fe:a9:fe00::, 169.254.169.254",
    "2606:4700::5efe:a00:1, 10.0.0.1",
    "2606:4700::200:5efe:a00:1, 10.0.0.1"
  })
  void whenAnIpv4AddressIsEmbeddedThenItIsSeen(String text, String embedded) throws Exception {
    assertThat(SpecialAddresses.withEmbedded(address(text))).contains(address(embedded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "::1", "::", "2606:4700::1"})
  void whenNothingIsEmbeddedThenTheAddressIsAlone(String text) throws Exception {
    assertThat(SpecialAddresses.withEmbedded(address(text))).isEqualTo(List.of(address(text)));
  }
}
