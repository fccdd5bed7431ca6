package io.restconnector;

import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.http.internal.Extensions;
import io.restconnector.http.internal.RestClient;
import io.restconnector.http.internal.auth.Secrets;
import io.restconnector.internal.Tracing;
import io.restconnector.journal.internal.KnownSecrets;
import io.restconnector.journal.internal.NodeJournal;
import io.restconnector.model.Validation;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.WebhookExtensions;
import io.restconnector.webhook.internal.trigger.Trigger;
import io.restconnector.worker.internal.RestWorker;
import java.util.List;
import java.util.TreeSet;
import org.flowable.common.engine.api.Engine;
import org.flowable.common.engine.api.engine.EngineLifecycleListener;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.multitenant.MultiSchemaMultiTenantProcessEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector of one engine: starts and ends with it. The rooms find their part of the connector
 * by it.
 */
final class RunningConnector
    implements EngineLifecycleListener, RestCalls.Holder, WebhookEndpoint.Holder {

  private static final Logger LOG = LoggerFactory.getLogger(RestConnectorConfigurator.class);

  private final ProcessEngineConfigurationImpl engine;
  private final RestConnectorSettings settings;
  private final Extensions extensions;
  private final Tracing tracing;
  private final EngineWorker worker;
  private final KnownSecrets secrets;
  private final NodeJournal journal;
  private final WebhookEndpoint webhooks;
  private volatile @Nullable RestCalls calls;

  /** Must come before the engine is initialised. */
  RunningConnector(
      ProcessEngineConfigurationImpl engine,
      RestConnectorSettings settings,
      Extensions added,
      WebhookExtensions webhookExtensions,
      Tracing tracing,
      EngineWorker worker) {
    this.tracing = tracing;
    this.engine = engine;
    this.settings = settings;
    this.worker = worker;
    secrets = new KnownSecrets(settings.http().access(), this::client);
    journal = new NodeJournal(settings.journal(), settings.http().access(), secrets);
    tracing.show(journal::shownPath);
    extensions = added.withJournal(journal.ofCalls());
    webhooks =
        new WebhookEndpoint(
            engine,
            settings.webhooks(),
            this::secret,
            webhookExtensions.withObserver(journal.ofRequests(this::subscriptions, this::triggers)),
            tracing);
  }

  /** At each use: what a source gives may change. */
  private @Nullable Secret secret(String name) {
    Secret found = new Secrets(extensions.secretSources(), settings.http().access()).find(name);
    if (found != null && !extensions.secretSources().isEmpty()) {
      secrets.given(name, found);
    }
    return found;
  }

  private @Nullable RestClient client() {
    RestCalls started = calls;
    return started == null ? null : started.client();
  }

  private @Nullable Long subscriptions(String action, String target) {
    return webhooks.triggers().subscriptions(action, target);
  }

  private List<Trigger> triggers() {
    return webhooks.triggers().all();
  }

  /** Also for what is deployed before the engine is built. */
  RequestReader reader() {
    RestCalls started = calls;
    return started == null ? new RequestReader(settings.http()) : started.reader();
  }

  // Only here, so that an engine whose start fails leaves no thread behind.
  @Override
  public void onEngineBuilt(Engine built) {
    webhooks.triggers().check();
    RestCalls started = newCalls();
    calls = started;
    if (engine instanceof MultiSchemaMultiTenantProcessEngineConfiguration) {
      LOG.warn("No worker: external-worker tasks wait where each tenant has a schema");
    } else {
      worker.engineBuilt(
          () -> {
            webhooks.triggers().start();
            return new RestWorker(engine, started, settings.http(), settings.worker(), tracing);
          });
    }
    LOG.info(
        "REST connector: webhook endpoint {}, triggers {}, worker {}, authentications {}, egress {}",
        settings.webhooks().path(),
        webhooks.triggers().all().size(),
        worker.state(),
        new TreeSet<>(settings.http().access().authentications().keySet()),
        settings.http().egress().mode());
  }

  /** What depends on other settings, such as the name of a secret, is found wrong only here. */
  private RestCalls newCalls() {
    try {
      return new RestCalls(
          settings.http(), extensions, settings.idempotencyKey(), journal.ofUnsentCalls());
    } catch (IllegalArgumentException wrong) {
      throw new InvalidSettingsException(wrong.getMessage());
    }
  }

  @Override
  public void onEngineClosed(Engine closed) {
    close();
  }

  void close() {
    webhooks.close();
    worker.close();
    webhooks.triggers().stop();
    RestCalls started = calls;
    if (started != null) {
      started.close();
    }
  }

  /** Whether it has started and not been closed. */
  boolean isOpen() {
    RestCalls started = calls;
    return started != null && !started.client().isClosed();
  }

  ProcessEngineConfigurationImpl engine() {
    return engine;
  }

  RestConnectorSettings settings() {
    return settings;
  }

  NodeJournal journal() {
    return journal;
  }

  @Nullable RestWorker worker() {
    return worker.current();
  }

  @Override
  public @Nullable RestCalls calls() {
    return calls;
  }

  @Override
  public boolean warnsOfChannels() {
    return settings.validation() != Validation.OFF;
  }

  @Override
  public WebhookEndpoint webhooks() {
    return webhooks;
  }
}
