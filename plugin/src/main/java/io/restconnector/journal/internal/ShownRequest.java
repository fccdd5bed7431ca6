package io.restconnector.journal.internal;

import io.restconnector.call.internal.RestAction;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.journal.RequestPreview;
import io.restconnector.spi.RestRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Requests of tasks as people may see them. */
final class ShownRequest {

  private final ShownText text;
  private final Map<String, AuthenticationSettings> authentications;

  ShownRequest(ShownText text, Map<String, AuthenticationSettings> authentications) {
    this.text = text;
    this.authentications = authentications;
  }

  RequestPreview preview(RestAction action, String kind, RestRequest request) {
    Map<String, List<String>> headers =
        new LinkedHashMap<>(text.headers(CallEntries.byName(request.headers())));
    AuthenticationSettings authentication =
        request.authentication() == null ? null : authentications.get(request.authentication());
    if (authentication != null && authentication.carrier() != null) {
      headers.put(
          authentication.carrier().toLowerCase(Locale.ROOT), List.of(credential(authentication)));
    }
    String query = query(request, authentication);
    String url = text.path(request.loggedUrl()) + (query == null ? "" : "?" + query);
    String body = body(request);
    return new RequestPreview(
        action.beanName(),
        kind,
        request.method(),
        url,
        headers,
        body,
        text.lineOrNull(request.authentication()),
        request.timeout(),
        Curl.line(request.method(), url, headers, body),
        null,
        null);
  }

  /** In which scheme it goes, with a mask for what is secret. */
  private static String credential(AuthenticationSettings authentication) {
    if (!HttpHeaders.AUTHORIZATION.equals(authentication.carrier())) {
      return ShownText.MASK;
    }
    return ("basic".equals(authentication.type()) ? "Basic " : "Bearer ") + ShownText.MASK;
  }

  private @Nullable String query(
      RestRequest request, @Nullable AuthenticationSettings authentication) {
    String query = text.query(request.uri().getRawQuery());
    String parameter =
        authentication == null ? null : authentication.properties().get("query-parameter");
    if (parameter == null) {
      return query;
    }
    return (query == null ? "" : query + "&") + parameter + "=" + ShownText.MASK;
  }

  private @Nullable String body(RestRequest request) {
    byte[] bytes = request.body();
    if (bytes == null) {
      return null;
    }
    byte[] seen = Arrays.copyOf(bytes, Math.min(bytes.length, ShownBody.MAX_SEEN));
    ShownBody.Shown body =
        new ShownBody(text).of(seen, bytes.length, CallEntries.type(request.headers()));
    return body == null ? null : body.text();
  }
}
