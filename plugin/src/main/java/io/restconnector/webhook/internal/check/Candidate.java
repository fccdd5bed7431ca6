package io.restconnector.webhook.internal.check;

import io.restconnector.spi.TriggerOutcome;
import io.restconnector.webhook.internal.delivery.WantedScopes;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A trigger of a request's path, and how far the request has come with it. */
public final class Candidate {

  private final Trigger trigger;
  private int passed;
  private @Nullable String deliveryId;
  private TriggerOutcome.@Nullable Verdict verdict;
  private Duration retryAfter = Duration.ZERO;
  private @Nullable WantedScopes wanted;

  Candidate(Trigger trigger) {
    this.trigger = trigger;
  }

  public Trigger trigger() {
    return trigger;
  }

  /** What the sender calls this delivery, null where the trigger's signature does not tell. */
  public @Nullable String deliveryId() {
    return deliveryId;
  }

  /** For what of the request the trigger fires, once its condition has been checked. */
  public WantedScopes wanted() {
    return Objects.requireNonNull(wanted);
  }

  void wants(WantedScopes scopes) {
    wanted = scopes;
  }

  /** How the request is to be refused if no trigger wants it, null for not at all. */
  @Nullable RefusedException unread() {
    return wanted == null ? null : wanted.unread();
  }

  /** How many checks have let the request go on. */
  int passed() {
    return passed;
  }

  boolean isOpen() {
    return verdict == null;
  }

  boolean isRefusedBy(TriggerOutcome.Check check) {
    return verdict instanceof TriggerOutcome.Refused refused && refused.check() == check;
  }

  /** What the check saw that refused the request, null where none did. */
  @Nullable String refusal() {
    return verdict instanceof TriggerOutcome.Refused refused ? refused.reason() : null;
  }

  /** Zero where no rate limit stands in the way. */
  Duration retryAfter() {
    return retryAfter;
  }

  /** Takes the result of the next check. */
  void take(TriggerOutcome.Check check, CheckResult result) {
    if (result instanceof CheckResult.Refused refused) {
      verdict = new TriggerOutcome.Refused(check, refused.reason());
      retryAfter = refused.retryAfter();
    } else if (result instanceof CheckResult.GoesOn on) {
      passed++;
      deliveryId = on.deliveryId() == null ? deliveryId : on.deliveryId();
    }
  }

  /** Notes what came of the request after all checks. */
  public void became(TriggerOutcome.Verdict outcome) {
    verdict = outcome;
  }

  TriggerOutcome outcome(boolean hasPassedAll) {
    TriggerOutcome.Verdict known = verdict;
    if (known == null) {
      known = hasPassedAll ? new TriggerOutcome.Failed() : new TriggerOutcome.Undecided();
    }
    return new TriggerOutcome(trigger.key(), trigger.tenantId(), known);
  }
}
