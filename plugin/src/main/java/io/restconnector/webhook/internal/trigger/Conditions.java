package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.request.RequestScope;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Conditions of triggers; what fails is reported once for each trigger. */
public final class Conditions {

  private static final Logger LOG = LoggerFactory.getLogger(Conditions.class);

  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  public boolean hold(Trigger trigger, RequestScope request) {
    if (trigger.condition() == null) {
      return true;
    }
    try {
      return Boolean.TRUE.equals(trigger.condition().getValue(request));
    } catch (RuntimeException failed) {
      if (reported.add(trigger.tenantId() + "/" + trigger.key())) {
        LOG.warn(
            "The condition of webhook trigger {} fails with {}; such requests do not match it",
            trigger.key(),
            failed.getClass().getName());
      }
      return false;
    }
  }
}
