package io.restconnector.journal.internal;

import io.restconnector.journal.RequestEntry;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignatureScheme.Verdict;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.trigger.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request in the journal. His credentials are not kept, so a trigger knows him now
 * if it knew him then.
 */
record SenderOfEntry(RequestEntry entry) implements Occasion.KnownSender {

  private static final Verdict UNKNOWN =
      new SignatureScheme.Invalid(
          "this was not checked when the request came, and the journal keeps no credentials");

  @Override
  public Verdict verdict(Trigger trigger, Check check) {
    RequestEntry.Trigger then = then(trigger);
    if (then == null || then.result().equals("undecided")) {
      return UNKNOWN;
    }
    if (then.check() == null || then.check().compareTo(check) > 0) {
      return new SignatureScheme.Valid(then.deliveryId());
    }
    return then.check() == check && then.reason() != null
        ? new SignatureScheme.Invalid(then.reason())
        : UNKNOWN;
  }

  private RequestEntry.@Nullable Trigger then(Trigger trigger) {
    for (RequestEntry.Trigger each : entry.triggers()) {
      if (each.key().equals(trigger.key()) && each.tenant().equals(trigger.tenantId())) {
        return each;
      }
    }
    return null;
  }
}
