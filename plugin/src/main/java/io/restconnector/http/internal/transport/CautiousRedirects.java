package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.chain.SameOriginHeader;
import io.restconnector.http.internal.egress.HostPatterns;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Follows redirects, and takes no credentials to another origin.
 *
 * <p>HttpClient's own strategy compares host and port but not the scheme, knows two credential
 * headers, and does not follow where it finds one; it also rewrites the location, which breaks
 * signed URLs. Here exactly the headers are dropped that the settings and the contract name.
 */
final class CautiousRedirects extends DefaultRedirectStrategy {

  /** Never for another origin, whatever the settings add. */
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "cookie", "proxy-authorization");

  /** Belong to the connection, or to a content that a changed method does not have. */
  private static final Pattern NOT_CARRIED_OVER =
      Pattern.compile("host|connection|transfer-encoding|trailer|content-.*|digest|last-modified");

  private final Set<String> dropped = new TreeSet<>(CREDENTIALS);

  /**
   * @param dropHeaders names of more headers that do not go to another origin
   */
  CautiousRedirects(List<String> dropHeaders) {
    dropHeaders.forEach(name -> dropped.add(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context)
      throws ProtocolException {
    return HopState.of(context).mayBeRedirected() && super.isRedirected(request, response, context);
  }

  @Override
  public boolean isRedirectAllowed(
      HttpHost current, HttpHost next, HttpRequest redirect, HttpContext context) {
    boolean sameOrigin = sameOrigin(current, next);
    if (!HopState.of(context).mayGo(sameOrigin)) {
      return false;
    }
    if (redirect.getHeaders().length == 0) {
      restoreHeaders(redirect, context);
    }
    if (HopState.of(context).hasLeft()) {
      dropped.forEach(redirect::removeHeaders);
      removeSameOriginHeaders(redirect, context);
    }
    return true;
  }

  private static void removeSameOriginHeaders(HttpRequest redirect, HttpContext context) {
    for (Header header :
        ((DeadlineConnections.Call) context.getAttribute(DeadlineConnections.CALL))
            .request()
            .headers()) {
      if (header instanceof SameOriginHeader) {
        redirect.removeHeaders(header.getName());
      }
    }
  }

  /**
   * Where the method changes to GET the client starts from an empty request. RFC 9110 §15.4 names
   * the headers that belong to the content.
   */
  private static void restoreHeaders(HttpRequest redirect, HttpContext context) {
    HttpRequest sent = HttpClientContext.cast(context).getRequest();
    for (Header header : sent == null ? List.<Header>of() : List.of(sent.getHeaders())) {
      if (!NOT_CARRIED_OVER.matcher(header.getName().toLowerCase(Locale.ROOT)).matches()) {
        redirect.addHeader(header);
      }
    }
  }

  private static boolean sameOrigin(HttpHost current, HttpHost next) {
    return current.getSchemeName().equalsIgnoreCase(next.getSchemeName())
        && current.getHostName().equalsIgnoreCase(next.getHostName())
        && port(current) == port(next);
  }

  private static int port(HttpHost host) {
    return host.getPort() >= 0 ? host.getPort() : HostPatterns.defaultPort(host.getSchemeName());
  }

  @Override
  public URI getLocationURI(HttpRequest request, HttpResponse response, HttpContext context)
      throws HttpException {
    Header location = response.getFirstHeader(HttpHeaders.LOCATION);
    String reference = location.getValue();
    try {
      return Location.resolve(
          request.getUri(), reference == null ? "" : HeaderText.ofWire(reference));
    } catch (URISyntaxException malformed) {
      throw new UnusableLocationException();
    }
  }
}
