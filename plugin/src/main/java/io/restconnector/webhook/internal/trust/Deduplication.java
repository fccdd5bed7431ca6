package io.restconnector.webhook.internal.trust;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a trigger knows a delivery again.
 *
 * @param key template; null for the id that the signature names
 * @param retention how long
 */
public record Deduplication(@Nullable JsonNode key, Duration retention) {

  private static final String NO_TEXT = "\0";

  /**
   * One delivery to one trigger.
   *
   * @param id unique for tenant, trigger and key, whatever their length and the database's
   *     collation
   */
  public record Delivery(String id, Duration retention) {}

  /**
   * The delivery that a request with this key is one of.
   *
   * @param key a text that databases keep, a number or a boolean; 1 is another key than "1"
   */
  public Delivery delivery(String tenantId, String triggerKey, JsonNode key) {
    // No text has the mark.
    return delivery(
        tenantId, triggerKey, key.isString() ? key.stringValue() : NO_TEXT + key.asString(""));
  }

  public Delivery delivery(String tenantId, String triggerKey, String deliveryKey) {
    // The lengths keep apart what would otherwise run into one another.
    String text =
        "%d:%s%d:%s%s"
            .formatted(tenantId.length(), tenantId, triggerKey.length(), triggerKey, deliveryKey);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Delivery(HexFormat.of().formatHex(hash), retention);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256", impossible);
    }
  }
}
