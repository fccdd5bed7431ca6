package io.restconnector.http.internal.auth;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.ProxySettings;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.spi.Secret;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What the proxy is shown now; null where it wants no credential. */
public record ProxyCredential(AccessSettings access, Secrets secrets, ShownCredentials shown)
    implements Supplier<@Nullable Credential> {

  @Override
  public @Nullable Credential get() {
    if (!(access.proxy() instanceof ProxySettings proxy) || proxy.username() == null) {
      return null;
    }
    Secret password = secrets.get("proxy.password-secret", proxy.passwordSecret());
    Secret value = Credential.basic(proxy.username(), password);
    shown.add("the proxy", List.of(value));
    return new Credential(HttpHeaders.PROXY_AUTHORIZATION, value, false);
  }
}
