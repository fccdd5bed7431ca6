package io.restconnector.webhook.internal.check;

import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.webhook.internal.trigger.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is looked at.
 *
 * @param isTrial whether nobody sends it: nothing counts it, and nothing happens
 * @param knownSender what the checks of its sender said when it came; null where they are to be
 *     made
 * @param replayOf id of the entry of the journal that is sent once more, null for others
 */
public record Occasion(
    boolean isTrial, @Nullable KnownSender knownSender, @Nullable Long replayOf) {

  /** A sender has sent it. */
  public static final Occasion SENT = new Occasion(false, null, null);

  /** What the checks of a sender said of a request whose credentials are not kept. */
  public interface KnownSender {
    /** What the authentication or the signature of a trigger said. */
    SignatureScheme.Verdict verdict(Trigger trigger, Check check);
  }

  /** Nobody sends it. */
  public static Occasion trial(@Nullable KnownSender knownSender) {
    return new Occasion(true, knownSender, null);
  }

  /** An operator sends it once more. */
  public static Occasion replay(long entry, KnownSender knownSender) {
    return new Occasion(false, knownSender, entry);
  }
}
