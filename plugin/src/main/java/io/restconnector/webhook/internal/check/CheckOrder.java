package io.restconnector.webhook.internal.check;

import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.TriggerOutcome.Check;
import io.restconnector.webhook.internal.delivery.WantedScopes;
import io.restconnector.webhook.internal.request.Params;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.webhook.internal.trust.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The checks of one request, and their order. */
final class CheckOrder {

  /** How much of the request has to be there. */
  enum Stage {
    REQUEST_LINE,
    HEAD,
    /** The body as it came over the wire. */
    BYTES,
    /** The body as expressions see it. */
    BODY
  }

  /** One check, and how much of the request it needs at a trigger. */
  record Step(Check check, Function<Trigger, Stage> stage, Function<Candidate, CheckResult> apply) {
    Step(Check check, Stage stage, Function<Candidate, CheckResult> apply) {
      this(check, trigger -> stage, apply);
    }
  }

  private final CheckedRequest request;

  CheckOrder(CheckedRequest request) {
    this.request = request;
  }

  /**
   * All checks in their order. What precedes them is that there is such a path and that the body
   * does not declare to be too large; what follows is the deduplication, in the transaction.
   */
  List<Step> steps() {
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
        : CheckResult.of(
            known(
                candidate,
                Check.AUTHENTICATION,
                () -> authentication.verify(request.signed(), request.context().secrets())));
  }

  private SignatureScheme.Verdict known(
      Candidate candidate, Check check, Supplier<SignatureScheme.Verdict> verification) {
    Occasion.KnownSender known = request.occasion().knownSender();
    return known == null ? verification.get() : known.verdict(candidate.trigger(), check);
  }

  /**
   * A request that the trigger does not want by its headers does not count, nor does one that an
   * operator sends.
   */
  private CheckResult rateLimit(Candidate candidate) {
    RateLimit limit = candidate.trigger().checks().rateLimit();
    if (limit == null
        || request.occasion().replayOf() != null
        || headers(candidate) instanceof CheckResult.Refused) {
      return CheckResult.GOES_ON;
    }
    Duration wait = request.occasion().isTrial() ? limit.look() : limit.acquire();
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
        : CheckResult.of(
            known(
                candidate,
                Check.SIGNATURE,
                () -> signature.verify(request.signed(), request.context().secrets())));
  }

  private CheckResult headers(Candidate candidate) {
    return wanted(
        "header", request.headers(), candidate.trigger().headers().firstMissing(request.headers()));
  }

  private CheckResult bodySize(Candidate candidate) {
    return request.longest() <= candidate.trigger().maxBodySize(request.longest())
        ? CheckResult.GOES_ON
        : new CheckResult.Refused("the body is larger than its maxBodySize");
  }

  private CheckResult params(Candidate candidate) {
    return wanted(
        "parameter",
        request.params(),
        Params.firstMissing(request.params(), candidate.trigger().params()));
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
    WantedScopes wanted =
        WantedScopes.of(trigger, request.scope(trigger), request.context().conditions());
    candidate.wants(wanted);
    String problem = wanted.problem();
    return problem == null ? CheckResult.GOES_ON : new CheckResult.Refused(problem);
  }
}
