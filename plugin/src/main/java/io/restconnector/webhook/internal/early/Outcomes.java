package io.restconnector.webhook.internal.early;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.spi.EarlyEventOutcome;
import io.restconnector.spi.EarlyEventOutcome.Kind;
import io.restconnector.spi.WebhookListener;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what became of early events, after the commit. */
record Outcomes(List<WebhookListener> listeners) {

  private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

  void kept(KeptEvent event) {
    tell(event, Kind.KEPT, List.of());
  }

  void delivered(KeptEvent event, List<String> instanceIds) {
    tell(event, Kind.DELIVERED, instanceIds);
  }

  void dropped(KeptEvent event) {
    tell(event, Kind.DROPPED, List.of());
  }

  void expired(KeptEvent event) {
    LOG.info(
        "Early {} {} of trigger {} is dropped: nothing has taken it since {}",
        type(event),
        event.id(),
        event.trigger(),
        event.created());
    tell(event, Kind.EXPIRED, List.of());
  }

  private void tell(KeptEvent event, Kind kind, List<String> instanceIds) {
    EarlyEventOutcome outcome =
        new EarlyEventOutcome(
            event.id(),
            event.trigger(),
            event.tenantId(),
            type(event),
            event.name(),
            event.created(),
            kind,
            instanceIds);
    for (WebhookListener listener : listeners) {
      try {
        listener.early(outcome);
      } catch (RuntimeException | Error failed) {
        LOG.warn("A listener of early events has failed", LoggedFailure.of(failed));
      }
    }
  }

  /** As the action of a trigger is called. */
  static String type(KeptEvent event) {
    return event.kind().name().toLowerCase(Locale.ROOT);
  }
}
