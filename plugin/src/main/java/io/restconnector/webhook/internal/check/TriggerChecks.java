package io.restconnector.webhook.internal.check;

import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.internal.check.CheckOrder.Stage;
import io.restconnector.webhook.internal.check.CheckOrder.Step;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.trigger.RequestScope;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of one request at each trigger of its path. A trigger that refuses it is no longer
 * there for this request, whatever the others do. Nothing here fires anything.
 */
public final class TriggerChecks {

  /** Of the endpoint, whose name the documentation gives. */
  private static final Logger LOG =
      LoggerFactory.getLogger("io.restconnector.webhook.internal.WebhookEndpoint");

  private final CheckedRequest request;
  private final List<Candidate> candidates;
  private final List<Step> steps;

  /**
   * For a request whose first line has come.
   *
   * @param triggers of its path
   */
  public TriggerChecks(CheckedRequest request, List<Trigger> triggers) {
    this.request = request;
    candidates = triggers.stream().map(Candidate::new).toList();
    steps = new CheckOrder(request).steps();
    advance(Stage.REQUEST_LINE);
  }

  /** The head is there, and the body is not larger than allowed as far as it tells. */
  public void head() {
    advance(Stage.HEAD);
  }

  /** The body is there as it came over the wire. */
  public void bytes(byte[] value) {
    request.bytes(value);
    advance(Stage.BYTES);
  }

  /**
   * The body is there as expressions see it.
   *
   * @param length of the body in bytes, decoded
   */
  public void body(Map<String, Object> allParams, @Nullable Object value, int length) {
    request.body(allParams, value, length);
    advance(Stage.BODY);
  }

  private void advance(Stage available) {
    for (Candidate each : candidates) {
      while (each.isOpen() && each.passed() < steps.size()) {
        Step step = steps.get(each.passed());
        if (step.stage().apply(each.trigger()).compareTo(available) > 0) {
          break;
        }
        take(each, step);
      }
    }
  }

  private void take(Candidate candidate, Step step) {
    CheckResult result = step.apply().apply(candidate);
    candidate.take(step.check(), result);
    if (result instanceof CheckResult.Refused refused && !request.occasion().isTrial()) {
      LOG.debug(
          "Webhook trigger {} refused a request at {}: {}",
          candidate.trigger().key(),
          step.check(),
          refused.reason());
    }
  }

  /** The triggers that have not refused the request so far. */
  public List<Candidate> open() {
    return candidates.stream().filter(Candidate::isOpen).toList();
  }

  /** Whether the answer depends on nothing further. */
  public boolean isDecided() {
    return candidates.stream().noneMatch(Candidate::isOpen);
  }

  /**
   * Returns where no trigger matches a request that no check of its sender has refused, and that
   * every condition could read.
   *
   * @throws RefusedException with the answer where one has
   */
  public void requireKnownSender() throws RefusedException {
    Duration wait =
        candidates.stream()
            .map(Candidate::retryAfter)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    if (!wait.isZero()) {
      // What a limited trigger might have taken must not look as if nobody wanted it.
      throw RefusedException.tooManyRequests(wait);
    }
    List<Candidate> asked =
        candidates.stream().filter(each -> !each.isRefusedBy(Check.METHOD)).toList();
    if (!asked.isEmpty()
        && asked.stream()
            .allMatch(
                each ->
                    each.isRefusedBy(Check.AUTHENTICATION) || each.isRefusedBy(Check.SIGNATURE))) {
      throw RefusedException.unauthorized(
          candidates.stream().anyMatch(each -> each.trigger().checks().takesBasicCredentials()));
    }
    for (Candidate each : candidates) {
      if (each.isRefusedBy(Check.BODY_SIZE)) {
        throw RefusedException.tooLarge(each.trigger().maxBodySize(request.longest()));
      }
      if (each.unread() != null) {
        throw each.unread();
      }
    }
  }

  /** One check of one trigger; the reason is that of a refusal, null where it has let it pass. */
  public record Checked(Check check, boolean isReached, @Nullable String reason) {}

  /** All checks of one trigger of the path, in their order. */
  public List<Checked> checksOf(Candidate candidate) {
    List<Checked> checked = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      boolean isPassed = i < candidate.passed();
      String reason = i == candidate.passed() ? candidate.refusal() : null;
      checked.add(new Checked(steps.get(i).check(), isPassed || reason != null, reason));
    }
    return checked;
  }

  /** All triggers of the path, by key and then by tenant. */
  public List<Candidate> candidates() {
    return candidates;
  }

  /** What each trigger has made of the request so far. */
  public List<TriggerOutcome> outcomes() {
    return candidates.stream().map(each -> each.outcome(each.passed() == steps.size())).toList();
  }

  /** The keys of the triggers that the request was for, as {@link WebhookOutcome#concerned}. */
  public List<String> concernedKeys() {
    return WebhookOutcome.concerned(outcomes()).stream().map(TriggerOutcome::key).toList();
  }

  /** The path of the first trigger that the request was for, null for none. */
  public @Nullable String concernedPath() {
    List<TriggerOutcome> concerned = WebhookOutcome.concerned(outcomes());
    return concerned.isEmpty()
        ? null
        : candidates.get(outcomes().indexOf(concerned.get(0))).trigger().path().text();
  }

  /** What the first trigger of the path that says so answers where none matches, else the other. */
  public int eventNotMatchStatus(int preset) {
    return candidates.stream()
        .map(each -> each.trigger().eventNotMatchStatus())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(preset);
  }

  /** What the expressions of a trigger see, once the body is there. */
  public RequestScope scope(Trigger trigger) {
    return request.scope(trigger);
  }

  /** The largest body in bytes that a trigger takes that has not refused the request so far. */
  public long maxBodySize(long limit) {
    return open().stream().mapToLong(each -> each.trigger().maxBodySize(limit)).max().orElse(limit);
  }
}
