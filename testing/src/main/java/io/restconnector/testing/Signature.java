package io.restconnector.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the senders of webhook requests sign them. */
enum Signature {
  GITHUB {
    @Override
    Map<String, String> headers(String secret, byte[] body, Instant now) {
      return Map.of("X-Hub-Signature-256", "sha256=" + hex(secret, "", body));
    }
  },
  SLACK {
    @Override
    Map<String, String> headers(String secret, byte[] body, Instant now) {
      String time = Long.toString(now.getEpochSecond());
      return Map.of(
          "X-Slack-Request-Timestamp",
          time,
          "X-Slack-Signature",
          "v0=" + hex(secret, "v0:" + time + ":", body));
    }
  },
  STANDARD_WEBHOOKS {
    @Override
    Map<String, String> headers(String secret, byte[] body, Instant now) {
      String id = "msg_" + UUID.randomUUID();
      String time = Long.toString(now.getEpochSecond());
      byte[] key = keyOf(secret);
      byte[] hash = hash(key, id + "." + time + ".", body);
      return Map.of(
          "webhook-id",
          id,
          "webhook-timestamp",
          time,
          "webhook-signature",
          "v1," + Base64.getEncoder().encodeToString(hash));
    }

    private byte[] keyOf(String secret) {
      try {
        return Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
      } catch (IllegalArgumentException quotesTheSecret) {
        throw new IllegalArgumentException(
            "A secret of standard-webhooks is Base64, with or without whsec_ before it");
      }
    }
  },
  STRIPE {
    @Override
    Map<String, String> headers(String secret, byte[] body, Instant now) {
      String time = Long.toString(now.getEpochSecond());
      return Map.of("Stripe-Signature", "t=" + time + ",v1=" + hex(secret, time + ".", body));
    }
  };

  /** What the request gets. */
  abstract Map<String, String> headers(String secret, byte[] body, Instant now);

  static Signature of(String scheme) {
    for (Signature each : values()) {
      if (each.toString().equals(scheme)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "No request can be signed by '%s', wanted one of github, slack, standard-webhooks, stripe"
            .formatted(scheme));
  }

  /** As channels write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String hex(String secret, String before, byte[] body) {
    return HexFormat.of().formatHex(hash(secret.getBytes(UTF_8), before, body));
  }

  private static byte[] hash(byte[] key, String before, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(before.getBytes(UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java runtime has no HmacSHA256", missing);
    }
  }
}
