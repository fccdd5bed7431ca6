package io.restconnector.http.internal.transport;

import io.restconnector.http.internal.egress.HostPatterns;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
 * signed URLs.
 */
final class CautiousRedirects extends DefaultRedirectStrategy {

  /** Names by which credentials travel; an idempotency key is none. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?!idempotency-key).*(auth|cookie|token|secret|passw|credential|session|key|sign).*");

  /** Belong to the connection or to a body that a changed method does not have. */
  private static final Set<String> NOT_CARRIED_OVER =
      Set.of("host", "connection", "content-length", "transfer-encoding", "content-type");

  private static final int MAX_PORT = 0xffff;

  @Override
  public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context)
      throws ProtocolException {
    return Journey.of(context).mayBeRedirected() && super.isRedirected(request, response, context);
  }

  @Override
  public boolean isRedirectAllowed(
      HttpHost current, HttpHost next, HttpRequest redirect, HttpContext context) {
    boolean sameOrigin = sameOrigin(current, next);
    if (!Journey.of(context).mayGo(sameOrigin)) {
      return false;
    }
    if (redirect.getHeaders().length == 0) {
      restoreHeaders(redirect, context);
    }
    if (!sameOrigin) {
      for (Header header : redirect.getHeaders()) {
        if (CREDENTIAL.matcher(header.getName().toLowerCase(Locale.ROOT)).matches()) {
          redirect.removeHeaders(header.getName());
        }
      }
    }
    return true;
  }

  /** Where the method changes to GET the client starts from an empty request. */
  private static void restoreHeaders(HttpRequest redirect, HttpContext context) {
    HttpRequest sent = HttpClientContext.cast(context).getRequest();
    for (Header header : sent == null ? List.<Header>of() : List.of(sent.getHeaders())) {
      if (!NOT_CARRIED_OVER.contains(header.getName().toLowerCase(Locale.ROOT))) {
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
    try {
      URI target = request.getUri().resolve(new URI(location.getValue()));
      String scheme = target.getScheme();
      if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
        throw new UnusableLocationException();
      }
      if (HostPatterns.hostOf(target) == null || target.getPort() > MAX_PORT) {
        throw new UnusableLocationException();
      }
      return URI.create(target.toASCIIString());
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      throw new UnusableLocationException();
    }
  }
}
