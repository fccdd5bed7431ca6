package io.restconnector.spi;

import java.util.List;

/**
 * The outcome of a webhook request at one trigger.
 *
 * @param key of the deployed channel
 * @param tenantId empty for none
 * @since 0.1
 */
public record TriggerOutcome(String key, String tenantId, Verdict verdict) {

  /** What became of the request at this trigger. */
  public sealed interface Verdict {}

  /**
   * A check refused the request.
   *
   * @param check the first that did
   * @param reason what it saw, in a few words; neither a secret nor a value of the request
   */
  public record Refused(Check check, String reason) implements Verdict {}

  /** The request was answered before the trigger had decided, such as for its size. */
  public record Undecided() implements Verdict {}

  /** All checks let the request through, but it was answered with an error. */
  public record Failed() implements Verdict {}

  /**
   * The trigger fired.
   *
   * @param action {@code event}, or the {@code type} of the trigger's action
   * @param target key of the event or process, or name of the message or signal; empty for none
   * @param instanceIds of the process instances that it started or woke, as far as they are known
   */
  public record Fired(String action, String target, List<String> instanceIds) implements Verdict {
    public Fired {
      instanceIds = List.copyOf(instanceIds);
    }
  }

  /**
   * Nothing starts with what the trigger fired, and nothing waits for it.
   *
   * @param action as of {@link Fired}
   * @param target as of {@link Fired}
   */
  public record NotTaken(String action, String target) implements Verdict {}

  /**
   * Nothing waits for what the trigger fired, and it is kept until something does.
   *
   * @param action as of {@link Fired}
   * @param target as of {@link Fired}
   */
  public record Kept(String action, String target) implements Verdict {}

  /** The delivery was seen before; it was answered as then, and did nothing. */
  public record Repeated() implements Verdict {}

  /** The checks of a trigger. */
  public enum Check {
    METHOD,
    AUTHENTICATION,
    RATE_LIMIT,
    SIGNATURE,
    HEADERS,
    BODY_SIZE,
    PARAMS,
    CONDITION
  }

  /** Whether all checks let the request through. */
  public boolean isMatch() {
    return !(verdict instanceof Refused) && !(verdict instanceof Undecided);
  }

  /** Whether the trigger takes other methods only. */
  public boolean isOtherMethod() {
    return verdict instanceof Refused refused && refused.check() == Check.METHOD;
  }
}
