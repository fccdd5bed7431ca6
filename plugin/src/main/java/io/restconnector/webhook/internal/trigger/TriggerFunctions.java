package io.restconnector.webhook.internal.trigger;

import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.Numbers;
import io.restconnector.internal.platform.EngineJson;
import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import io.restconnector.webhook.internal.request.JsonInput;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trust.Hmac;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Functions of the expressions of triggers. Public, as the engine calls them by reflection. */
public final class TriggerFunctions {

  private TriggerFunctions() {}

  /** {@code json:parse(text)}; the value of a function of a request without text is refused. */
  public static @Nullable Object parse(Object scope, @Nullable Object text)
      throws RefusedException {
    RequestScope request = ofTrigger(scope);
    if (EngineJson.fromEngine(text) instanceof JsonNode node && node.isContainer()) {
      return text; // a sender that fixed its Content-Type
    }
    if (!(text instanceof String json)) {
      throw RefusedException.badRequest("json:parse is given no text by this request.");
    }
    Object value = request.parsed().get(json);
    if (value == null) {
      value = EngineJson.toEngine(JsonInput.read(json, "json:parse is given text that is no JSON"));
      if (value != null) {
        request.parsed().put(json, value);
      }
    }
    return value;
  }

  /** {@code hmac:hex(algorithm, secretName, text)}, in lower case. */
  public static String hex(Object scope, String algorithm, String secretName, @Nullable Object text)
      throws RefusedException {
    return sign(scope, algorithm, Hmac.Encoding.HEX, secretName, text);
  }

  /** {@code hmac:base64(algorithm, secretName, text)}, with padding. */
  public static String base64(
      Object scope, String algorithm, String secretName, @Nullable Object text)
      throws RefusedException {
    return sign(scope, algorithm, Hmac.Encoding.BASE64, secretName, text);
  }

  private static String sign(
      Object scope,
      String algorithm,
      Hmac.Encoding encoding,
      String secretName,
      @Nullable Object text)
      throws RefusedException {
    SecretSource secrets = ofTrigger(scope).secrets();
    if (secrets == null) {
      throw new IllegalStateException("hmac is for body and answerHeaders of a trigger only");
    }
    Secret secret = secrets.find(secretName);
    if (secret == null || !secret.isUsable()) {
      throw new IllegalStateException("hmac names what is no usable secret");
    }
    if (!Hmac.ALGORITHMS.contains(algorithm)) {
      throw new IllegalStateException("hmac names an algorithm that is none of " + Hmac.ALGORITHMS);
    }
    JsonNode signed = text == null ? null : JsonValues.of(text);
    if (signed == null || !signed.isValueNode() || signed.isNull()) {
      throw RefusedException.badRequest("hmac is given no text by this request.");
    }
    return new Hmac(algorithm, encoding)
        .of(
            secret.reveal().getBytes(StandardCharsets.UTF_8),
            Numbers.text(signed).getBytes(StandardCharsets.UTF_8));
  }

  private static RequestScope ofTrigger(Object scope) {
    if (scope instanceof RequestScope request) {
      return request;
    }
    throw new IllegalStateException("This function is for triggers of webhooks only");
  }
}
