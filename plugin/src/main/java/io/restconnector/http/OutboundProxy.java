package io.restconnector.http;

import java.util.Set;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** Which calls go through an HTTP proxy: one of the settings, or what the JVM is told. */
public sealed interface OutboundProxy permits ProxySettings, JvmProxy {

  /**
   * The proxy of a call, null where it goes directly.
   *
   * @param scheme of the URL that is called
   * @param host of that URL
   */
  @Nullable HttpHost proxyOf(String scheme, String host);

  /** The hosts of the proxies. */
  Set<String> hosts();
}
