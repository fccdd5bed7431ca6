package io.restconnector.http.internal.auth;

import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.internal.chain.Credential;
import io.restconnector.http.internal.chain.Identity;
import io.restconnector.spi.CallAuthentication.Authenticator;
import io.restconnector.spi.CallAuthentication.Credentials;
import io.restconnector.spi.RestRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the configured authentications.
 *
 * @param authenticator null where the client certificate is all
 * @param sslBundle of its own, or that of all calls
 */
record ConfiguredAuthentication(
    String name,
    AuthenticationSettings settings,
    @Nullable Authenticator authenticator,
    String sslBundle) {

  Identity identity(RestRequest request, List<Credential> credentials) {
    return Identity.of(
        credentials,
        request,
        settings.sslBundle() == null ? Identity.Redirects.ALL : Identity.Redirects.SAME_ORIGIN,
        sslBundle);
  }

  Identity identity(RestRequest request, Credentials credentials) {
    return identity(request, Identity.credentials(credentials));
  }
}
