package io.restconnector.webhook.internal.trust;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed hash (RFC 2104) as text.
 *
 * @param algorithm name of the hash, such as {@code sha256}
 */
public record Hmac(String algorithm, Encoding encoding) {

  /** What an algorithm may be. */
  public static final List<String> ALGORITHMS = List.of("sha1", "sha256", "sha384", "sha512");

  static final Hmac SHA256_HEX = new Hmac("sha256", Encoding.HEX);
  public static final Hmac SHA256_BASE64 = new Hmac("sha256", Encoding.BASE64);

  public enum Encoding {
    /** In lower case. */
    HEX,
    /** With padding (RFC 4648 §4). */
    BASE64
  }

  public String of(byte[] key, byte[] content) {
    return of(key, List.of(content));
  }

  /** The hash of pieces that follow one another. */
  String of(byte[] key, List<byte[]> content) {
    String name = "Hmac" + algorithm;
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(key, name));
      content.forEach(mac::update);
      byte[] hash = mac.doFinal();
      return switch (encoding) {
        case HEX -> HexFormat.of().formatHex(hash);
        case BASE64 -> Base64.getEncoder().encodeToString(hash);
      };
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java runtime has no " + name, missing);
    }
  }
}
