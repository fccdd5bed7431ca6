package io.restconnector.call.internal;

import static io.restconnector.call.internal.Probe.with;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether this node has the authentication of a task, and what else proves who calls. */
final class AuthenticationCheck {

  private static final String NAME = "authentication";

  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "cookie", "x-api-key", "api-key");

  private final Probe probe;

  AuthenticationCheck(Probe probe) {
    this.probe = probe;
  }

  /**
   * Why the runtime would refuse it, null where it would not.
   *
   * @param access what this node has, null where nobody knows
   * @param wrong other inputs that the runtime refuses by themselves
   */
  @Nullable String refusal(@Nullable AccessSettings access, Set<String> wrong) {
    if (!probe.inputs().isLiteral(NAME)) {
      return null;
    }
    if (access == null) {
      return probe.action() == RestAction.TRACE ? AuthenticationInput.NOT_ON_TRACE : null;
    }
    String name = String.valueOf(probe.inputs().text(NAME));
    boolean knowsHeaders =
        probe.inputs().isKnown("requestHeaders") && !wrong.contains("requestHeaders");
    Inputs.Source source = knowsHeaders ? probe.only(NAME, "requestHeaders") : probe.only(NAME);
    if (!wrong.contains("restUrl") && probe.inputs().isLiteral("restUrl")) {
      Inputs.Source url = new UrlCheck(probe, wrong).source(List.of());
      Inputs.Source rest = source;
      source = asked -> asked.startsWith("restUrl") ? url.find(asked) : rest.find(asked);
    } else {
      source = with(source, "restUrl", new Input(urlFor(access.authentications().get(name)), null));
    }
    return probe.refusal(source);
  }

  /** A URL to which the authentication may go. */
  private static String urlFor(@Nullable AuthenticationSettings settings) {
    if (settings == null || settings.hosts() == null) {
      return Probe.STOCK_URL;
    }
    String host = settings.hosts().get(0);
    return host.contains("://") ? host : "https://" + host.replace("*", "host");
  }

  /** The names of headers that hold a credential as a literal. */
  List<String> literalCredentials() {
    List<String> names = new ArrayList<>();
    JsonNode headers = probe.inputs().tree("requestHeaders");
    if (headers != null) {
      for (Map.Entry<String, JsonNode> header : headers.properties()) {
        if (isCredential(header.getKey()) && isLiteral(header.getValue())) {
          names.add(header.getKey());
        }
      }
    }
    return names;
  }

  private static boolean isCredential(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return CREDENTIALS.contains(name) || name.contains("token") || name.contains("secret");
  }

  private static boolean isLiteral(JsonNode value) {
    return RequestReader.values(value).stream()
        .anyMatch(each -> !each.asString("").isEmpty() && !JsonTemplate.isExpression(each));
  }
}
