package io.restconnector.webhook.internal;

import io.restconnector.content.internal.MediaType;
import io.restconnector.spi.TriggerOutcome;
import io.restconnector.spi.WebhookOutcome.Kind;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.check.Candidate;
import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.check.TriggerChecks;
import io.restconnector.webhook.internal.delivery.Deliveries;
import io.restconnector.webhook.internal.delivery.MatchedTrigger;
import io.restconnector.webhook.internal.delivery.MatchedTriggerReader;
import io.restconnector.webhook.internal.delivery.PendingAnswer;
import io.restconnector.webhook.internal.request.CodedBody;
import io.restconnector.webhook.internal.request.PathSegments;
import io.restconnector.webhook.internal.request.RefusedException;
import io.restconnector.webhook.internal.request.RequestBody;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request and the triggers of its path: the checks, as it comes in, then the delivery. */
final class TriggerDispatch {

  private static final int ACCEPTED = 202;
  private static final List<String> READING = List.of("GET", "HEAD");

  private final ServedTriggers triggers;
  private final WebhookSettings settings;
  private final WebhookRequest request;
  private final Instant receivedAt;
  private final Occasion occasion;
  private final MediaType type;
  private final List<String> codings;
  private long limit;
  private @Nullable TriggerChecks checks;
  private List<MatchedTrigger> matched = List.of();
  private @Nullable PendingAnswer pending;
  private boolean isForAnswer;

  TriggerDispatch(
      ServedTriggers triggers,
      WebhookSettings settings,
      WebhookRequest request,
      Instant receivedAt,
      Occasion occasion) {
    this.occasion = occasion;
    this.triggers = triggers;
    this.settings = settings;
    this.request = request;
    this.receivedAt = receivedAt;
    type = MediaType.parse(request.header("content-type"));
    codings = CodedBody.codings(request);
    limit = settings.maxBodySize();
  }

  /** The largest body in bytes that can be wanted, as far as the request has come. */
  long limit() {
    return limit;
  }

  /**
   * What parsing a body takes of the memory for it. How long a coded body is shows only when it is
   * decoded.
   *
   * @param length of the body in bytes, as it came
   */
  long weight(long length) {
    return RequestBody.weight(codings.isEmpty() ? length : limit, type);
  }

  /**
   * The head has come. Null where the answer depends on the body.
   *
   * @param declaredLength of the body, -1 where it is not known
   */
  @Nullable WebhookResponse head(long declaredLength) throws RefusedException {
    List<String> segments = PathSegments.of(request.path());
    isForAnswer = !segments.isEmpty() && segments.get(0).equals(PathSegments.ANSWERS);
    if (isForAnswer) {
      return answerAt(segments);
    }
    TriggerChecks begun = triggers.checks(request, segments, receivedAt, occasion);
    checks = begun;
    if (declaredLength > limit) {
      throw RefusedException.tooLarge(limit);
    }
    begun.head();
    limit = begun.maxBodySize(limit);
    if (declaredLength > limit && !begun.isDecided()) {
      throw RefusedException.tooLarge(limit);
    }
    return begun.isDecided() ? noTriggerMatches(begun) : null;
  }

  /** The body has come, as it came over the wire. What it fires is committed on return. */
  WebhookResponse body(byte[] bytes) throws RefusedException {
    WebhookResponse refusal = match(bytes);
    return refusal == null ? deliver() : refusal;
  }

  /** As {@link #body}, but nothing is fired. Null where a trigger would fire. */
  @Nullable WebhookResponse match(byte[] bytes) throws RefusedException {
    TriggerChecks begun = Objects.requireNonNull(checks);
    begun.bytes(bytes);
    if (begun.isDecided()) {
      return noTriggerMatches(begun);
    }
    byte[] decoded = CodedBody.decode(bytes, codings, limit);
    RequestBody parsed = RequestBody.parse(decoded, type);
    begun.body(parsed.withQuery(request.query()), parsed.value(), decoded.length);
    if (begun.isDecided()) {
      return noTriggerMatches(begun);
    }
    MatchedTriggerReader reader = triggers.matchedTriggerReader();
    List<MatchedTrigger> read = new ArrayList<>();
    for (Candidate each : begun.open()) {
      Trigger trigger = each.trigger();
      read.addAll(reader.read(trigger, begun.scope(trigger), each.wanted(), each.deliveryId()));
    }
    matched = read;
    return null;
  }

  private WebhookResponse deliver() throws RefusedException {
    List<Candidate> matching = Objects.requireNonNull(checks).open();
    String answersUrl = request.answersUrl(settings.publicUrl());
    Deliveries.Outcome outcome = triggers.deliveries().deliver(matched, answersUrl);
    if (outcome.lostRaces()) {
      throw RefusedException.lostRace();
    }
    for (Candidate each : matching) {
      each.became(outcome.verdictOf(matched, each.trigger()));
    }
    pending = outcome.pending();
    WebhookResponse answer = outcome.answer();
    return answer == null
        ? notMatched(
            Kind.NOT_TAKEN,
            "A trigger matches, but nothing starts with its event and nothing waits for it.")
        : pending == null ? current(answer) : answer;
  }

  /** What a delivery that comes again is answered once the process has answered the first. */
  private WebhookResponse current(WebhookResponse answer) {
    String location = answer.status() == ACCEPTED ? answer.headers().get("Location") : null;
    int answers = location == null ? -1 : location.lastIndexOf("/" + PathSegments.ANSWERS + "/");
    if (location == null || answers < 0) {
      return answer;
    }
    String id = location.substring(answers + PathSegments.ANSWERS.length() + 2);
    WebhookResponse current = triggers.findAnswer(id, answer, true);
    return current == null ? answer : current;
  }

  /** The address of an answer that a process gives. */
  private WebhookResponse answerAt(List<String> segments) {
    if (!READING.contains(request.method())) {
      return WebhookResponse.problem(
          Kind.NOT_MATCHED,
          405,
          "Answers of processes are read by GET.",
          Map.of("Allow", String.join(", ", READING)));
    }
    WebhookResponse answer =
        segments.size() == 2
            ? triggers.findAnswer(
                segments.get(1), WebhookResponse.fired(ACCEPTED, Map.of(), null), false)
            : null;
    return answer == null
        ? WebhookResponse.problem(Kind.NOT_MATCHED, 404, "There is no such answer.")
        : answer;
  }

  /** Whether it is for an answer that a process gives, and for no trigger. */
  boolean isForAnswer() {
    return isForAnswer;
  }

  /** What the request waits for in place of its answer; null for nothing. */
  @Nullable PendingAnswer pending() {
    return pending;
  }

  private WebhookResponse noTriggerMatches(TriggerChecks decided) throws RefusedException {
    decided.requireKnownSender();
    return notMatched(Kind.NOT_MATCHED, "No trigger matches this request.");
  }

  private WebhookResponse notMatched(Kind kind, String detail) {
    int preset = settings.eventNotMatchStatus();
    return WebhookResponse.problem(
        kind, checks == null ? preset : checks.eventNotMatchStatus(preset), detail);
  }

  /** What the triggers that match take of the request. */
  List<MatchedTrigger> matched() {
    return matched;
  }

  /** Null where the path cannot be read. */
  @Nullable TriggerChecks checks() {
    return checks;
  }

  /** What each trigger of the path took of the request. */
  List<AnsweredRequest.Part> parts() {
    return AnsweredRequest.parts(checks, matched);
  }

  /** Lets go of what the request holds. */
  void forget() {
    checks = null;
    matched = List.of();
  }

  /** What each trigger of the path has made of the request so far. */
  List<TriggerOutcome> outcomes() {
    return checks == null ? List.of() : checks.outcomes();
  }

  /** The path of the whole URL as the first trigger has it that the request is for; else null. */
  @Nullable String route() {
    String path = checks == null ? null : checks.concernedPath();
    return path == null ? null : request.pathOfUrl(path);
  }

  /** The keys of the triggers that the request is for, as far as it has come. */
  List<String> concernedKeys() {
    return checks == null ? List.of() : checks.concernedKeys();
  }
}
