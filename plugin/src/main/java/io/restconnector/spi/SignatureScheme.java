package io.restconnector.spi;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way in which senders sign webhook requests. A channel names it by {@code signature.scheme}.
 *
 * <p>Threads: several at once. Whatever takes long, such as fetching a certificate, must not happen
 * in {@link Verifier#verify}.
 *
 * @since 0.1
 */
public interface SignatureScheme {

  /** As channels write it. */
  String name();

  /**
   * Reads the {@code signature} of one channel, when it is deployed and when a node reads it. A
   * property that is not read here is refused, apart from {@code scheme} and {@code secret}.
   *
   * @throws IllegalArgumentException when a property does not fit: that of {@link
   *     Properties#unfit}, whose message is shown, or another, whose message is not; the channel is
   *     not deployed
   */
  Verifier configure(Properties properties);

  /** The properties of one channel's {@code signature}. */
  interface Properties {

    boolean has(String name);

    /**
     * A text.
     *
     * @param wanted what it stands for, as the end of a message
     * @throws IllegalArgumentException when it is missing, blank or no text
     */
    String text(String name, String wanted);

    /**
     * A text that may be blank.
     *
     * @throws IllegalArgumentException when it is missing or no text
     */
    String string(String name);

    /**
     * The name of a header, in lower case.
     *
     * @throws IllegalArgumentException when it is missing or no such name
     */
    String header(String name);

    /**
     * One of several texts.
     *
     * @param defaultValue where it is missing; empty where it is required
     * @throws IllegalArgumentException when it is another one
     */
    String choice(String name, String defaultValue, Set<String> choices);

    /** What to throw where a property does not fit; the message does not show its value. */
    IllegalArgumentException unfit(String name, String wanted);
  }

  /** Verifies the requests of one channel. */
  interface Verifier {

    /**
     * Whether one of the secrets signed the request.
     *
     * @param secrets those that the channel names and that can be used now, in its order
     */
    Verdict verify(SignedRequest request, List<Secret> secrets);

    /** Whether the secret can be a key of this scheme; otherwise the channel is not deployed. */
    default boolean accepts(Secret secret) {
      return secret.isUsable();
    }

    /** Whether {@link Valid} names the delivery, so that deduplication needs no {@code key}. */
    default boolean namesDeliveries() {
      return false;
    }
  }

  /** What the verification came to. */
  sealed interface Verdict {}

  /**
   * The sender is known.
   *
   * @param deliveryId what the sender calls this delivery, as part of what it signed; null for none
   */
  record Valid(@Nullable String deliveryId) implements Verdict {}

  /**
   * The request is not verified.
   *
   * @param reason for operators, such as "header x-signature is missing"; it holds neither a secret
   *     nor a value of the request
   */
  record Invalid(String reason) implements Verdict {}
}
