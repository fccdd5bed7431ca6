package io.restconnector.webhook.internal.trigger;

import io.restconnector.webhook.internal.request.RefusedException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Conditions of triggers; what fails is reported once for each deployed version of a trigger. */
public final class Conditions {

  private static final Logger LOG = LoggerFactory.getLogger(Conditions.class);

  /** The trigger, of those with one key, whose failure was reported last. */
  private final Map<String, Trigger> reported = new ConcurrentHashMap<>();

  /**
   * What keeps a request from matching, null for nothing. It holds no value of the request.
   *
   * @throws RefusedException when the request does not hold what a function of ours must have
   */
  @SuppressWarnings("ReferenceEquality") // of two equal versions each is reported
  public @Nullable String problem(Trigger trigger, RequestScope request) throws RefusedException {
    if (trigger.condition() == null) {
      return null;
    }
    try {
      Object value = trigger.condition().getValue(request);
      if (value instanceof Boolean isTrue) {
        return isTrue ? null : "the condition is false";
      }
      return value == null
          ? "the condition gives no value"
          : "the condition gives a value that is neither true nor false";
    } catch (RuntimeException failed) {
      RefusedException refused = RefusedException.causeOf(failed);
      if (refused != null) {
        throw refused;
      }
      if (reported.put(trigger.tenantId() + "/" + trigger.key(), trigger) != trigger) {
        LOG.warn(
            "The condition of webhook trigger {} fails with {}; such requests do not match it",
            trigger.key(),
            failed.getClass().getName());
      }
      return ExpressionFailure.isOfApplication(failed)
          ? "the condition fails: a bean that it calls has failed"
          : "the condition fails: it does not suit what the request holds";
    }
  }
}
