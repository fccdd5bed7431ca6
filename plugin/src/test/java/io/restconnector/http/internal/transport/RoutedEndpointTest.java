package io.restconnector.http.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.http.EgressSettings;
import io.restconnector.http.internal.egress.EgressDeniedException;
import io.restconnector.http.internal.egress.EgressGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided on before a connection of a route is used. No name leaves this machine. */
class RoutedEndpointTest {

  /** Of a network in which one name is that of a metadata service. */
  private static final class Names implements DnsResolver {

    private final List<String> asked = new ArrayList<>();

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      asked.add(host);
      return new InetAddress[] {
        InetAddress.getByName(host.startsWith("evil") ? "169.254.169.254" : "192.0.2.1")
      };
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  private final Names names = new Names();
  private final EgressGuard guard =
      new EgressGuard(EgressSettings.defaults(), Set.of("evil-proxy.test"), names);

  private static HttpHost host(String name, @Nullable String address) throws UnknownHostException {
    return address == null
        ? new HttpHost("http", name, 80)
        : new HttpHost("http", InetAddress.getByName(address), name, 80);
  }

  @SuppressWarnings("NullAway") // nobody looks at the connection
  private static RoutedEndpoint endpoint(HttpRoute route) {
    return new RoutedEndpoint(null, route);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // target and proxy with the addresses that they bring along, the host that is denied
        "good.test, -, -, -, -, ''",
        "evil.test, -, -, -, -, ''", // the guard decides when it is asked for the address
        "good.test, 192.0.2.7, -, -, -, ''",
        "good.test, 169.254.169.254, -, -, good.test, ''",
        "good.test, -, proxy.test, -, -, good.test",
        "evil.test, -, proxy.test, -, evil.test, evil.test",
        "good.test, -, proxy.test, 192.0.2.7, -, good.test",
        "good.test, -, proxy.test, 169.254.169.254, proxy.test, ''",
        "good.test, 169.254.169.254, proxy.test, -, -, good.test", // the proxy looks it up
        "evil-proxy.test, -, -, -, evil-proxy.test, evil-proxy.test",
        "good.test, -, evil-proxy.test, -, -, good.test",
      })
  void whenAConnectionIsUsedThenWhatTheGuardWasNotAskedForIsDecidedOn(
      String target,
      @Nullable String address,
      @Nullable String proxy,
      @Nullable String proxyAddress,
      @Nullable String denied,
      String lookedUp)
      throws UnknownHostException {
    HttpRoute route =
        proxy == null
            ? new HttpRoute(host(target, address))
            : new HttpRoute(host(target, address), host(proxy, proxyAddress));

    if (denied == null) {
      assertThatCode(() -> endpoint(route).check(guard)).doesNotThrowAnyException();
    } else {
      assertThatExceptionOfType(EgressDeniedException.class)
          .isThrownBy(() -> endpoint(route).check(guard))
          .satisfies(thrown -> assertThat(thrown.host()).isEqualTo(denied));
    }
    assertThat(String.join(" ", names.asked)).isEqualTo(lookedUp);
  }

  @Test
  void whenAPlaceIsGivenBackThenThePoolHasTheOneThatItKnows() {
    RoutedEndpoint known = endpoint(new HttpRoute(new HttpHost("http", "a.test", 80)));
    RoutedEndpoint routed =
        new RoutedEndpoint(known, new HttpRoute(new HttpHost("http", "b.test", 80)));

    assertThat(RoutedEndpoint.inside(routed)).isSameAs(known).isSameAs(routed.endpoint());
  }
}
