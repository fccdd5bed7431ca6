package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a sender puts the HMAC of a request, and what it signs. */
interface HmacForm {

  /**
   * What the request claims.
   *
   * @throws UnfitClaimException where the request is not exactly what the form wants
   */
  Claim claim(SignedRequest request) throws UnfitClaimException;

  /** The key that a configured secret stands for; null where it stands for none. */
  default byte @Nullable [] key(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  Hmac hmac();

  /** The headers that it reads, in lower case. */
  List<String> headers();

  /** Whether {@link Claim} holds an id. */
  default boolean hasId() {
    return false;
  }

  /**
   * A signature that is yet to be checked.
   *
   * @param content what is signed, in pieces
   * @param timestamp null where the form has none
   * @param id of the delivery, null for none
   * @param signatures as the form encodes them; one good one is enough
   */
  record Claim(
      List<byte[]> content,
      @Nullable Timestamp timestamp,
      @Nullable String id,
      List<String> signatures) {}

  /** The request is not what a form wants; with a reason for operators. */
  final class UnfitClaimException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnfitClaimException(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /** The value of a header that must be there once. */
  static String header(SignedRequest request, String name) throws UnfitClaimException {
    String value = request.header(name);
    if (value == null) {
      throw new UnfitClaimException(request.whyNo(name));
    }
    return value;
  }

  /** Headers reach a servlet byte by byte. */
  static byte[] bytes(String ofHeader) {
    return ofHeader.getBytes(StandardCharsets.ISO_8859_1);
  }
}
