package io.restconnector.webhook.internal;

import io.restconnector.spi.SecretSource;
import io.restconnector.spi.SignedRequest;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.internal.delivery.WantedScopes;
import io.restconnector.webhook.internal.request.Params;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.RequestScope;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.trigger.Conditions;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trust.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of one request at each trigger of its path. A trigger that refuses it is no longer
 * there for this request, whatever the others do. Nothing here fires anything.
 */
public final class TriggerChecks {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);

  /** How much of the request has to be there. */
  public enum Stage {
    REQUEST_LINE,
    HEAD,
    /** The body as it came over the wire. */
    BYTES,
    /** The body as expressions see it. */
    BODY
  }

  /** What checks look at besides the request, the same for all requests of an engine. */
  record Context(SecretSource secrets, Conditions conditions, @Nullable String publicUrl) {}

  private record Step(
      Check check, Function<Trigger, Stage> stage, Function<Candidate, CheckResult> verdict) {
    Step(Check check, Stage stage, Function<Candidate, CheckResult> verdict) {
      this(check, trigger -> stage, verdict);
    }
  }

  private final WebhookRequest request;
  private final List<String> segments;
  private final Context context;
  private final Instant receivedAt;
  private final boolean isTrial;
  private final List<Candidate> candidates;
  private final Map<String, Object> headers;
  private final List<Step> steps = inOrder();
  private byte[] bytes = new byte[0];
  private long longest;
  private Map<String, Object> params = Map.of();
  private @Nullable Object body;

  /**
   * For a request whose first line has come.
   *
   * @param segments of its path, decoded
   * @param triggers of that path
   * @param isTrial whether nobody sends the request: then it does not count for rates
   */
  TriggerChecks(
      WebhookRequest request,
      List<String> segments,
      List<Trigger> triggers,
      Context context,
      Instant receivedAt,
      boolean isTrial) {
    this.request = request;
    this.segments = segments;
    this.context = context;
    this.receivedAt = receivedAt;
    this.isTrial = isTrial;
    candidates = triggers.stream().map(Candidate::new).toList();
    headers = request.headerValues();
    advance(Stage.REQUEST_LINE);
  }

  /**
   * All checks in their order. What precedes them is that there is such a path and that the body
   * does not declare to be too large; what follows is the deduplication, in the transaction.
   */
  private List<Step> inOrder() {
    return List.of(
        new Step(Check.METHOD, Stage.REQUEST_LINE, this::method),
        new Step(Check.AUTHENTICATION, Stage.HEAD, this::authentication),
        new Step(Check.RATE_LIMIT, Stage.HEAD, this::rateLimit),
        new Step(
            Check.SIGNATURE,
            trigger -> trigger.isSigned() ? Stage.BYTES : Stage.HEAD,
            this::signature),
        new Step(Check.HEADERS, Stage.HEAD, this::headers),
        new Step(Check.BODY_SIZE, Stage.BODY, this::bodySize),
        new Step(Check.PARAMS, Stage.BODY, this::params),
        new Step(Check.CONDITION, Stage.BODY, this::condition));
  }

  /** The head is there, and the body is not larger than allowed as far as it tells. */
  public void head() {
    advance(Stage.HEAD);
  }

  /** The body is there as it came over the wire. */
  public void bytes(byte[] value) {
    bytes = value;
    advance(Stage.BYTES);
  }

  /**
   * The body is there as expressions see it.
   *
   * @param length of the body in bytes, decoded
   */
  public void body(Map<String, Object> allParams, @Nullable Object value, int length) {
    longest = Math.max(bytes.length, length);
    params = allParams;
    body = value;
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
    CheckResult result = step.verdict().apply(candidate);
    candidate.take(step.check(), result);
    if (result instanceof CheckResult.Refused refused && !isTrial) {
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
        throw RefusedException.tooLarge(each.trigger().maxBodySize(longest));
      }
      if (each.unread() != null) {
        throw each.unread();
      }
    }
  }

  /** What each trigger has made of the request so far. */
  public List<TriggerOutcome> outcomes() {
    return candidates.stream().map(each -> each.outcome(each.passed() == steps.size())).toList();
  }

  /** The keys of the triggers that the request was for, as {@link WebhookOutcome#concerned}. */
  public List<String> concernedKeys() {
    return WebhookOutcome.concerned(outcomes()).stream().map(TriggerOutcome::key).toList();
  }

  /** What the expressions of a trigger see, once the body is there. */
  public RequestScope scope(Trigger trigger) {
    return new RequestScope(
        trigger.tenantId(),
        request.method(),
        String.join("/", segments),
        trigger.path().values(segments),
        params,
        headers,
        body);
  }

  private CheckResult method(Candidate candidate) {
    var methods = candidate.trigger().methods();
    return methods.isEmpty() || methods.contains(request.method())
        ? CheckResult.GOES_ON
        : new CheckResult.Refused("it takes " + String.join(", ", methods) + " only");
  }

  private CheckResult authentication(Candidate candidate) {
    var authentication = candidate.trigger().checks().authentication();
    return authentication == null
        ? CheckResult.GOES_ON
        : CheckResult.of(authentication.verify(signed(), context.secrets()));
  }

  /** A request that the trigger does not want by its headers does not count. */
  private CheckResult rateLimit(Candidate candidate) {
    RateLimit limit = candidate.trigger().checks().rateLimit();
    if (limit == null || headers(candidate) instanceof CheckResult.Refused) {
      return CheckResult.GOES_ON;
    }
    Duration wait = isTrial ? limit.look() : limit.acquire();
    return wait.isZero()
        ? CheckResult.GOES_ON
        : new CheckResult.Refused(
            "the limit is reached; the next request is taken in "
                + wait.plusMillis(999).toSeconds()
                + " s",
            wait);
  }

  private CheckResult signature(Candidate candidate) {
    var signature = candidate.trigger().checks().signature();
    return signature == null
        ? CheckResult.GOES_ON
        : CheckResult.of(signature.verify(signed(), context.secrets()));
  }

  private SignedRequest signed() {
    return new SignedRequest(
        request.method(), request.url(context.publicUrl()), request.headers(), bytes, receivedAt);
  }

  private CheckResult headers(Candidate candidate) {
    return wanted("header", headers, candidate.trigger().headers().firstMissing(headers));
  }

  /** The largest body in bytes that a trigger takes that has not refused the request so far. */
  public long maxBodySize(long limit) {
    return open().stream().mapToLong(each -> each.trigger().maxBodySize(limit)).max().orElse(limit);
  }

  private CheckResult bodySize(Candidate candidate) {
    return longest <= candidate.trigger().maxBodySize(longest)
        ? CheckResult.GOES_ON
        : new CheckResult.Refused("the body is larger than its maxBodySize");
  }

  private CheckResult params(Candidate candidate) {
    return wanted("parameter", params, Params.firstMissing(params, candidate.trigger().params()));
  }

  private static CheckResult wanted(
      String kind, Map<String, Object> values, @Nullable String name) {
    if (name == null) {
      return CheckResult.GOES_ON;
    }
    return new CheckResult.Refused(
        "%s %s %s"
            .formatted(kind, name, values.containsKey(name) ? "has another value" : "is missing"));
  }

  private CheckResult condition(Candidate candidate) {
    Trigger trigger = candidate.trigger();
    WantedScopes wanted = WantedScopes.of(trigger, scope(trigger), context.conditions());
    candidate.wants(wanted);
    String problem = wanted.problem();
    return problem == null ? CheckResult.GOES_ON : new CheckResult.Refused(problem);
  }
}
