package io.restconnector.webhook.internal;

import io.restconnector.content.internal.LoggedFailure;
import io.restconnector.content.internal.ParsingBudget;
import io.restconnector.internal.EngineParts;
import io.restconnector.internal.Tracing;
import io.restconnector.spi.SecretSource;
import io.restconnector.spi.WebhookListener;
import io.restconnector.spi.WebhookOutcome;
import io.restconnector.webhook.WebhookSettings;
import io.restconnector.webhook.internal.check.Occasion;
import io.restconnector.webhook.internal.request.BlockingReader;
import io.restconnector.webhook.internal.request.IncomingBody;
import io.restconnector.webhook.internal.request.PathSegments;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers webhook requests of one engine; knows no servlet. */
public final class WebhookEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);

  /** Of the heap, for the bytes of bodies before they are parsed. */
  private static final int PART_FOR_BYTES = 8;

  /** Where an engine keeps its endpoint. */
  public interface Holder {
    /** Null as long as the engine is not configured, and in an engine of another kind. */
    @Nullable WebhookEndpoint webhooks();

    /** Whether a deployment is told what is probably not meant in its channels. */
    default boolean warnsOfChannels() {
      return true;
    }
  }

  private final WebhookSettings settings;
  private final ServedTriggers triggers;
  private final List<WebhookListener> listeners;
  private final Tracing tracing;
  private final @Nullable RequestObserver observer;
  private final ParsingBudget budget = ParsingBudget.ofHeap();
  private final IncomingBody.Shared bodies =
      new IncomingBody.Shared(Runtime.getRuntime().maxMemory() / PART_FOR_BYTES);
  private final BlockingReader blocking = new BlockingReader();

  /**
   * Must come before the engine is initialised.
   *
   * @param secrets are asked at each use
   */
  public WebhookEndpoint(
      ProcessEngineConfigurationImpl engine,
      WebhookSettings settings,
      SecretSource secrets,
      WebhookExtensions extensions,
      Tracing tracing) {
    this.settings = settings;
    this.tracing = tracing;
    listeners = extensions.listeners();
    observer = extensions.observer();
    triggers = new ServedTriggers(engine, settings, secrets, extensions);
  }

  /**
   * That of an engine.
   *
   * @throws IllegalArgumentException when the engine has no REST connector
   */
  public static WebhookEndpoint of(ProcessEngine engine) {
    Holder holder =
        EngineParts.find(
            (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration(), Holder.class);
    WebhookEndpoint endpoint = holder == null ? null : holder.webhooks();
    if (endpoint == null) {
      throw new IllegalArgumentException(
          "This engine has no REST connector: its configurator discovery is off and no"
              + " RestConnectorConfigurator was added");
    }
    return endpoint;
  }

  boolean isJournaled() {
    return observer != null;
  }

  boolean isTraced() {
    return tracing.isOn();
  }

  /** Of a request whose head has come. */
  Tracing.Span span(WebhookRequest request) {
    if (!isTraced()) {
      return Tracing.OFF_SPAN;
    }
    // The address of an answer is a secret.
    String path =
        request.path().startsWith(PathSegments.ANSWERS + "/")
            ? PathSegments.ANSWERS + "/{id}"
            : request.path();
    return tracing.webhook(request.method(), request.pathOfUrl(path), request::header);
  }

  public ServedTriggers triggers() {
    return triggers;
  }

  /**
   * The head of a request has come.
   *
   * @param declaredLength of the body, -1 where it is not known
   */
  public Reception receive(WebhookRequest request, long declaredLength) {
    return new Reception(this, request, declaredLength, Occasion.SENT);
  }

  /**
   * Answers one request on this thread, which waits for the process where that answers; what it
   * fires is committed when this returns.
   *
   * @param declaredLength of the body, -1 where it is not known
   */
  public WebhookResponse answer(WebhookRequest request, long declaredLength, InputStream body) {
    Reception reception = receive(request, declaredLength);
    WebhookResponse answer = answer(reception, body);
    AwaitedAnswer awaited = reception.awaited();
    if (awaited == null) {
      return answer;
    }
    awaited.ready().join();
    return awaited.answer();
  }

  /** Lets go of what the request holds. */
  private static WebhookResponse answer(Reception reception, InputStream body) {
    try (reception) {
      return reception.answer(body);
    }
  }

  /** Nobody waits for a process any longer. */
  public void close() {
    triggers.close();
  }

  /**
   * Sends a request of the journal once more, and returns when what it fires is committed. It does
   * not wait for the answer of a process.
   *
   * @param entry its id
   * @param knownSender what the checks of its sender said when it came
   */
  public WebhookResponse replay(
      WebhookRequest request, byte[] body, long entry, Occasion.KnownSender knownSender) {
    Reception reception =
        new Reception(this, request, body.length, Occasion.replay(entry, knownSender));
    WebhookResponse answer = answer(reception, new ByteArrayInputStream(body));
    AwaitedAnswer awaited = reception.awaited();
    return awaited == null ? answer : awaited.accepted();
  }

  /**
   * What would happen to a request.
   *
   * @param knownSender what the checks of its sender said when it came; null where they are to be
   *     made
   */
  public Trial explain(
      WebhookRequest request, byte[] body, Occasion.@Nullable KnownSender knownSender) {
    return Trial.of(this, request, body, knownSender);
  }

  /** The beginning of a body as the observer wants to see it, null for none. */
  byte @Nullable [] seenBy(byte[] body) {
    int wanted = observer == null ? 0 : observer.wantedBytes();
    return wanted == 0 ? null : Arrays.copyOf(body, Math.min(wanted, body.length));
  }

  /**
   * Tells the observer and the listeners, as a part of its trace, and then ends its span.
   *
   * @param route the path of the first trigger that it was for, null for none
   */
  void answered(AnsweredRequest request, Tracing.Span span, @Nullable String route) {
    Tracing.Scope scope = span.open();
    try {
      tell(request);
    } finally {
      scope.close();
    }
    if (isTraced()) {
      int status = request.answer().status();
      span.set("http.route", route);
      span.set("http.response.status_code", String.valueOf(status));
      span.set("outcome", request.answer().kind().name());
      span.end(status < 500 ? null : String.valueOf(status));
    }
  }

  private void tell(AnsweredRequest request) {
    if (observer != null) {
      try {
        observer.answered(request);
      } catch (RuntimeException | Error failed) {
        LOG.warn("The journal has failed at a webhook request", LoggedFailure.of(failed));
      }
    }
    WebhookOutcome outcome = request.outcome();
    for (WebhookListener listener : listeners) {
      try {
        listener.answered(outcome);
      } catch (RuntimeException | Error failed) {
        // What the request did is committed: a 500 would make its sender repeat it.
        LOG.warn("A listener of webhook requests has failed", LoggedFailure.of(failed));
      }
    }
  }

  public WebhookSettings settings() {
    return settings;
  }

  ParsingBudget budget() {
    return budget;
  }

  IncomingBody.Shared bodies() {
    return bodies;
  }

  BlockingReader blocking() {
    return blocking;
  }
}
