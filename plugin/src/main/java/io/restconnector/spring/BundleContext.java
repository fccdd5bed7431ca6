package io.restconnector.spring;

import io.restconnector.InvalidSettingsException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The context of an SSL bundle as it is now. A bundle that is reloaded gets a new context behind
 * this one, so that no session of the old trust is resumed with the new one.
 */
final class BundleContext extends SSLContext {

  private BundleContext(Current current) {
    super(current, current.context.getProvider(), current.context.getProtocol());
  }

  /**
   * The context of a bundle.
   *
   * @param setting that gives the name, for the message, which does not repeat the name: it may be
   *     a secret in the wrong place
   */
  static SSLContext of(SslBundles bundles, String setting, String name) {
    SslBundle bundle;
    try {
      bundle = bundles.getBundle(name);
    } catch (NoSuchSslBundleException unknown) {
      throw new InvalidSettingsException(setting + " is not the name of an SSL bundle");
    }
    Current current = new Current(context(name, bundle));
    bundles.addBundleUpdateHandler(name, updated -> current.context = context(name, updated));
    return new BundleContext(current);
  }

  private static SSLContext context(String name, SslBundle bundle) {
    if (bundle.getOptions().isSpecified()) {
      // An SSLContext cannot hold them: without a word, weaker ciphers would be in use.
      throw new InvalidSettingsException(
          "SSL bundle '%s' has options, wanted none: the REST connector uses the ciphers and protocols of the JVM"
              .formatted(name));
    }
    return bundle.createSslContext();
  }

  private static final class Current extends SSLContextSpi {

    private volatile SSLContext context;

    private Current(SSLContext context) {
      this.context = context;
    }

    @Override
    protected void engineInit(
        KeyManager @Nullable [] keys,
        TrustManager @Nullable [] trust,
        @Nullable SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("the SSL bundle has done so");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return context.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return context.getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return context.createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return context.createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return context.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return context.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return context.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return context.getSupportedSSLParameters();
    }
  }
}
