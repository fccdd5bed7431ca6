package io.restconnector.http.internal.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.restconnector.http.EgressSettings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decision, on addresses that names are made to resolve to. No name leaves this machine. */
class EgressGuardTest {

  private static final EgressSettings STANDARD = EgressSettings.defaults();
  private static final EgressSettings STRICT = STANDARD.withMode(EgressSettings.Mode.STRICT);

  /** Answers each look-up of a name with the next of its answers, the last one for ever. */
  private record Names(Map<String, Queue<List<String>>> answers) implements DnsResolver {

    static Names of(String name, String... answers) {
      Queue<List<String>> queue = new ArrayDeque<>();
      for (String answer : answers) {
        queue.add(Arrays.asList(answer.split(" ", -1)));
      }
      return new Names(Map.of(name, queue));
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      Queue<List<String>> queue = answers.get(host);
      if (queue == null) {
        throw new UnknownHostException(host);
      }
      List<String> answer = queue.size() > 1 ? queue.remove() : queue.element();
      InetAddress[] addresses = new InetAddress[answer.size()];
      for (int i = 0; i < addresses.length; i++) {
        addresses[i] = address(answer.get(i));
      }
      return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  private static InetAddress address(String text) throws UnknownHostException {
    assertThat(text).matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*"); // no name is looked up
    return InetAddress.getByName(text);
  }

  private static boolean passes(EgressSettings settings, String host, DnsResolver names) {
    try {
      return new EgressGuard(settings, Set.of(), names).resolve(host).length > 0;
    } catch (EgressDeniedException denied) {
      return false;
    } catch (UnknownHostException unknown) {
      throw new AssertionError(unknown);
    }
  }

  private static boolean addressPasses(EgressSettings settings, String address) {
    return passes(settings, "name.test", Names.of("name.test", address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.0.0",
        "169.254.169.254",
        "169.254.170.2",
        "169.254.255.255",
        "fe80::1",
        "febf:ffff::1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "fd00:42::42",
        "fd00:a9fe:a9fe::1",
        "fd00:a9fe:a9fe:ffff::254",
        "fd00:c1::a9fe:a9fe",
        "::169.254.169.254",
        "::ffff:0:169.254.169.254",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::169.254.169.254",
        "64:ff9b:1:a9fe:a9:fe00::",
        "64:ff9b:1:a9:fe:a9fe::",
        "64:ff9b:1:0:a9:fea9:fe00:0",
        "2002:a9fe:a9fe::1",
        "2001:0:a9fe:a9fe::1",
        "2001:0:808:808:0:ffff:5601:5601",
        "2606:4700::5efe:a9fe:a9fe",
        "2606:4700::200:5efe:a9fe:a9fe",
        "64:ff9b::100.100.100.200"
      })
  void whenAddressIsLinkLocalOrMetadataThenEveryModeDenies(String address) {
    assertThat(addressPasses(STANDARD, address)).isFalse();
    assertThat(addressPasses(STRICT, address)).isFalse();
    assertThat(addressPasses(STRICT.withAllow(List.of("*")), address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::8.8.8.8",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "2606:4700::5efe:a00:1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00::1",
        "fec0::1",
        "ff02::1"
      })
  void whenAddressIsNotPublicThenStrictDeniesAndStandardAllows(String address) {
    assertThat(addressPasses(STRICT, address)).isFalse();
    assertThat(addressPasses(STANDARD, address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450::1",
        "2001:200::1",
        "64:ff9b::1.1.1.1",
        "2002:101:101::1"
      })
  void whenAddressIsPublicThenStrictAllows(String address) {
    assertThat(addressPasses(STRICT, address)).isTrue();
  }

  @Test
  void whenMappedAddressComesAsIpv6ThenItIsTheIpv4Address() throws UnknownHostException {
    byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffffa9fea9fe");
    InetAddress[] answer = {Inet6Address.getByAddress("mapped.test", mapped, -1)};
    DnsResolver names =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) {
            return answer;
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            return host;
          }
        };

    assertThat(answer[0]).isInstanceOf(Inet6Address.class);
    assertThat(passes(STANDARD, "mapped.test", names)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "STANDARD, , api.test, api.test, 1.1.1.1, false",
    "STANDARD, , API.Test, api.TEST., 1.1.1.1, false",
    "STANDARD, , *.test, api.test, 1.1.1.1, false",
    "STANDARD, , *.test, a.b.test, 1.1.1.1, false",
    "STANDARD, , *.test, test, 1.1.1.1, true",
    "STANDARD, , *.test, api.nottest, 1.1.1.1, true",
    "STANDARD, , *, api.test, 1.1.1.1, false",
    "STANDARD, , 10.0.0.0/8, api.test, 10.1.2.3, false",
    "STANDARD, , 10.0.0.0/8, api.test, 11.1.2.3, true",
    "STANDARD, , 10.0.0.0/8, api.test, 64:ff9b::10.1.2.3, false",
    "STANDARD, , 10.64.0.0/10, api.test, 10.127.0.1, false",
    "STANDARD, , 10.64.0.0/10, api.test, 10.128.0.1, true",
    "STANDARD, , fd00::/8, api.test, fd12::1, false",
    "STANDARD, , 1.1.1.1, api.test, 1.1.1.1, false",
    "STANDARD, api.test, api.test, api.test, 1.1.1.1, false",
    "STANDARD, 1.1.1.1, 1.0.0.0/8, api.test, 1.1.1.1, false",
    "STANDARD, 169.254.169.254, , api.test, 169.254.169.254, true",
    "STANDARD, 169.254.0.0/16, , api.test, 169.254.169.254, true",
    "STANDARD, 169.254.0.0/16, 169.254.169.254, api.test, 169.254.169.254, false",
    "STANDARD, api.test, , api.test, 169.254.169.254, false",
    "STANDARD, *, , api.test, 169.254.169.254, false",
    "STRICT, api.test, , api.test, 10.1.2.3, true",
    "STRICT, api.test, , api.test., 10.1.2.3, true",
    "STRICT, other.test, , api.test, 10.1.2.3, false",
    "STRICT, 10.0.0.0/8, , api.test, 10.1.2.3, true",
    "STRICT, 10.0.0.0/8, , api.test, 192.168.1.1, false",
    "STRICT, ::1, , api.test, ::1, true",
    "STRICT, 10.0.0.0/8, 10.1.0.0/16, api.test, 10.1.2.3, false",
    "LISTED, , , api.test, 1.1.1.1, false",
    "LISTED, api.test, , api.test, 1.1.1.1, true",
    "LISTED, *.test, , api.test, 10.0.0.1, true",
    "LISTED, api.test, , evil.test, 1.1.1.1, false",
    "LISTED, 1.0.0.0/8, , api.test, 1.1.1.1, true",
    "LISTED, 1.0.0.0/8, , api.test, 2.1.1.1, false",
    "LISTED, ::1, , api.test, ::1, true"
  })
  void whenListsMatchThenDenyWinsAndAllowIsBeforeTheMode(
      EgressSettings.Mode mode,
      String allow,
      String deny,
      String host,
      String address,
      boolean expected) {
    EgressSettings settings = new EgressSettings(mode, list(allow), list(deny));

    assertThat(passes(settings, host, Names.of(host, address))).isEqualTo(expected);
  }

  private static List<String> list(String patterns) {
    return patterns == null ? List.of() : List.of(patterns);
  }

  @Test
  void whenOneOfSeveralAddressesIsDeniedThenOnlyTheOthersAreGiven() throws UnknownHostException {
    EgressGuard guard =
        new EgressGuard(STRICT, Set.of(), Names.of("a.test", "10.0.0.1 1.1.1.1 ::1"));

    assertThat(guard.resolve("a.test")).containsExactly(address("1.1.1.1"));
  }

  @Test
  void whenNameResolvesToPrivateAddressTheSecondTimeThenThatIsDenied() throws Exception {
    EgressGuard guard =
        new EgressGuard(STRICT, Set.of(), Names.of("a.test", "1.1.1.1", "127.0.0.1"));

    assertThat(guard.resolve("a.test")).containsExactly(address("1.1.1.1"));
    assertThatExceptionOfType(EgressDeniedException.class)
        .isThrownBy(() -> guard.resolve("a.test"));
  }

  @Test
  void whenNameHasNoAddressThenItIsUnknownNotDenied() {
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(
            () -> new EgressGuard(STRICT, Set.of(), Names.of("a.test", "::1")).resolve("b.test"))
        .isNotInstanceOf(EgressDeniedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "STANDARD, 10.0.0.1, , a.test, passes",
    "STANDARD, 169.254.169.254, , a.test, denied",
    "STANDARD, 1.1.1.1, , unknown.test, passes",
    "STANDARD, 1.1.1.1, , 0251.0376.0251.0376, denied",
    "LISTED, 1.1.1.1, , unknown.test, unknown",
    "STRICT, 1.1.1.1, , a.test, passes",
    "STRICT, 10.0.0.1, , a.test, denied",
    "STRICT, 1.1.1.1 10.0.0.1, , a.test, denied",
    "STRICT, 10.0.0.1 1.1.1.1, , a.test, denied",
    "STRICT, 10.0.0.1, a.test, a.test, passes",
    "STRICT, 1.1.1.1, , unknown.test, unknown",
    "STRICT, 1.1.1.1, *.test, unknown.test, passes",
    "STRICT, 1.1.1.1, *, 0177.0.0.1, denied"
  })
  void whenAProxyLooksUpTheNameThenNoAddressOfItMayBeDenied(
      EgressSettings.Mode mode, String addresses, String allow, String host, String expected) {
    EgressGuard guard =
        new EgressGuard(
            new EgressSettings(mode, list(allow), List.of()),
            Set.of(),
            Names.of("a.test", addresses));
    String outcome;
    try {
      guard.checkProxied(host);
      outcome = "passes";
    } catch (EgressDeniedException denied) {
      outcome = "denied";
    } catch (UnknownHostException unknown) {
      outcome = "unknown";
    }

    assertThat(outcome).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "010.0.0.0/8",
        "fd00::/129",
        "fe80::1%eth0",
        "a..test",
        "*.*.test",
        "a*.test",
        "https://a.test",
        "a.test:443",
        "a.test/8",
        "0x7f.1",
        "ü.test"
      })
  void whenAPatternIsMalformedThenTheSettingsAreRefused(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> STANDARD.withAllow(List.of(pattern)))
        .withMessageStartingWith("egress.allow[0] is not a host");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> STANDARD.withDeny(List.of(pattern)))
        .withMessageStartingWith("egress.deny[0] is not a host");
  }
}
