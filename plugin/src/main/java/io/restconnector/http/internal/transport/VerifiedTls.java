package io.restconnector.http.internal.transport;

import java.net.IDN;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.net.InetAddressUtils;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.jspecify.annotations.Nullable;

/**
 * TLS to the host that the URL names, and to no other (RFC 9110 §4.3.4, RFC 9525).
 *
 * <p>The name is verified twice. JSSE verifies it during the handshake, before a client certificate
 * is shown. It does so only where the trust manager of the context lets it, so the certificate of
 * the session is verified again before anything is sent.
 */
final class VerifiedTls extends DefaultClientTlsStrategy {

  private static final int DNS = 2;
  private static final int IP = 7;

  VerifiedTls(SSLContext context) {
    // HttpClient 5.5 asks JSSE too late, after the engine took its parameters: see below.
    super(
        context,
        null,
        null,
        SSLBufferMode.STATIC,
        HostnameVerificationPolicy.CLIENT,
        HttpsSupport.getDefaultHostnameVerifier());
  }

  @Override
  protected void initializeEngine(SSLEngine engine) {
    if (engine.getPeerHost().indexOf('_') >= 0) {
      return; // JSSE takes no such name, though many a container network has one.
    }
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
  }

  @Override
  protected void verifySession(String host, SSLSession session) throws SSLException {
    super.verifySession(host, session);
    X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
    try {
      // HttpClient gives the host in Unicode, the certificate has it in ASCII.
      if (hasName(certificate.getSubjectAlternativeNames(), IDN.toASCII(host))) {
        return;
      }
    } catch (CertificateParsingException | IllegalArgumentException unreadable) {
      // Then it does not name the host.
    }
    throw new SSLPeerUnverifiedException("the certificate is not one of the host");
  }

  /** Both verifiers above fall back to the common name, and let a wildcard stand anywhere. */
  private static boolean hasName(@Nullable Collection<List<?>> names, String host) {
    boolean address = InetAddressUtils.isIPv4(host) || host.indexOf(':') >= 0;
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      if (name.get(0).equals(address ? IP : DNS)
          && (address || covers(name.get(1).toString(), host))) {
        return true;
      }
    }
    return false;
  }

  /** RFC 9525 §6.3: a wildcard is the whole of the first label, and stands for one label. */
  private static boolean covers(String name, String host) {
    int dot = host.indexOf('.');
    return name.equalsIgnoreCase(host)
        || (dot > 0 && name.equalsIgnoreCase("*" + host.substring(dot)));
  }
}
