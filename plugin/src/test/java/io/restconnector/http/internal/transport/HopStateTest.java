package io.restconnector.http.internal.transport;

import static io.restconnector.fixtures.TestRequests.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.http.internal.chain.CallContext;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.http.internal.chain.Identity.Redirects;
import io.restconnector.http.internal.chain.SendPermit;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.Secret;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where credentials go, hop by hop. */
class HopStateTest {

  private static final HttpRoute FIRST = new HttpRoute(new HttpHost("http", "a.example", 80));
  private static final HttpRoute OTHER = new HttpRoute(new HttpHost("http", "b.example", 80));
  private static final Credential KEY = new Credential("key", Secret.of("s"), true);
  private static final Credential HEADER = new Credential("X-Key", Secret.of("s"), false);

  private static Identity identity(Redirects redirects) {
    return Identity.of(List.of(KEY, HEADER), get("http://a.example/"), redirects, "");
  }

  private static HopState hops(Identity identity, SendPermit permit) {
    RestRequest request = get("http://a.example/");
    CallContext call = new CallContext(request, permit, new Object());
    return new HopState(identity, call, call.attempt(request));
  }

  private static HttpRequest arrived(HopState hops, HttpRoute route, String... headers)
      throws Exception {
    HttpRequest request = new BasicHttpRequest("GET", "/p");
    for (String header : headers) {
      request.addHeader(header, "s");
    }
    hops.arrive(request, route);
    return request;
  }

  @Test
  void whenTheRequestIsAtItsOriginThenTheKeyIsAddedOnTheWireAlone() throws Exception {
    Identity identity = identity(Redirects.ALL);
    HopState hops = hops(identity, SendPermit.ALWAYS);

    HttpRequest request = arrived(hops, FIRST);
    assertThat(request.getPath()).isEqualTo("/p?key=s");
    assertThat(request.getHeaders()).isEmpty(); // the header is in the request already
    assertThat(identity.wasShown()).isTrue();
  }

  @Test
  void whenARedirectStaysThenTheCredentialsAreAddedAgainAndElseRemovedForGood() throws Exception {
    Identity identity = identity(Redirects.ALL);
    HopState hops = hops(identity, SendPermit.ALWAYS);
    arrived(hops, FIRST);
    assertThat(hops.mayGo(true)).isTrue();
    assertThat(identity.wasShown()).isFalse();

    HttpRequest same = arrived(hops, FIRST);
    assertThat(same.getPath()).isEqualTo("/p?key=s");
    assertThat(same.containsHeader("X-Key")).isTrue();

    assertThat(hops.mayGo(false)).isTrue();
    assertThat(hops.hasLeft()).isTrue(); // asked before the next hop
    HttpRequest other = arrived(hops, OTHER, "X-Key");
    assertThat(other.getPath()).isEqualTo("/p");
    assertThat(other.getHeaders()).isEmpty();
    assertThat(identity.wasShown()).isFalse();

    hops.mayGo(false);
    assertThat(arrived(hops, FIRST, "X-Key").getHeaders()).isEmpty();
    assertThat(hops.hasLeft()).isTrue();
  }

  /** The client may reach another target than the location's, such as by a route of its own. */
  @Test
  void whenTheTargetIsAnotherThanBeforeThenTheOriginIsLeftWhateverWasSaid() throws Exception {
    HopState hops = hops(identity(Redirects.ALL), SendPermit.ALWAYS);
    arrived(hops, FIRST);
    hops.mayGo(true);

    assertThat(arrived(hops, OTHER, "X-Key").getHeaders()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"NONE, false, true", "SAME_ORIGIN, true, false", "ALL, true, true"})
  void whenRedirectsAreLimitedThenOthersAreNotFollowed(
      Redirects redirects, boolean mayBeRedirected, boolean mayGoElsewhere) throws Exception {
    HopState hops = hops(identity(redirects), SendPermit.ALWAYS);
    assertThat(hops.mayBeRedirected()).isFalse(); // by a proxy, before the target

    arrived(hops, FIRST);
    assertThat(hops.mayBeRedirected()).isEqualTo(mayBeRedirected);
    assertThat(hops.mayGo(false)).isEqualTo(mayGoElsewhere);
  }

  @Test
  void whenThePermitHasExpiredThenTheFirstHopIsNotSentAndALaterOneIs() throws Exception {
    boolean[] isValid = {true};
    SendPermit permit =
        new SendPermit() {
          @Override
          public void acquire(Runnable attempt) {}

          @Override
          public void release() {}

          @Override
          public boolean isValid() {
            return isValid[0];
          }
        };
    HopState sent = hops(identity(Redirects.ALL), permit);
    arrived(sent, FIRST);
    sent.mayGo(true);
    isValid[0] = false;

    assertThat(arrived(sent, FIRST).getPath()).isEqualTo("/p?key=s");
    HopState late = hops(identity(Redirects.ALL), permit);
    assertThatThrownBy(() -> arrived(late, FIRST)).isInstanceOf(PermitExpiredException.class);
  }

  @Test
  void whenAConnectionIsThereOrOpenedThenNoneIsWaitedFor() throws Exception {
    HopState hops = hops(identity(Redirects.ALL), SendPermit.ALWAYS);
    assertThat(hops.waitsForConnection()).isTrue();
    hops.connects();
    assertThat(hops.waitsForConnection()).isFalse();
    arrived(hops, FIRST);
    hops.mayGo(true);
    assertThat(hops.waitsForConnection()).isTrue();
    arrived(hops, FIRST);
    assertThat(hops.waitsForConnection()).isFalse();
  }
}
