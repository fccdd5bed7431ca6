package io.restconnector;

import io.restconnector.call.internal.FieldsOfClasses;
import io.restconnector.call.internal.IdempotencyKey;
import io.restconnector.call.internal.RequestReader;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.call.internal.UncaughtErrors;
import io.restconnector.http.internal.Extensions;
import io.restconnector.http.internal.auth.Secrets;
import io.restconnector.httptask.internal.ConnectorHttpClient;
import io.restconnector.internal.Tracing;
import io.restconnector.model.Validation;
import io.restconnector.model.internal.DeploymentCheck;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.EngineOfRegistry;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.WebhookExtensions;
import io.restconnector.webhook.internal.trigger.WebhookChannels;
import io.restconnector.worker.internal.RestWorker;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.Engine;
import org.flowable.common.engine.api.engine.EngineLifecycleListener;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.common.engine.impl.EngineConfigurator;
import org.flowable.engine.cfg.HttpClientConfig;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.multitenant.MultiSchemaMultiTenantProcessEngineConfiguration;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a process engine the REST connector.
 *
 * <p>A plain engine discovers it, with the default settings. To change settings, add a configurator
 * before the engine is built: {@code configuration.addConfigurator(new
 * RestConnectorConfigurator(settings))}, or one of the {@link #builder}; the discovered one then
 * does nothing. One instance serves one engine. Closing the engine closes everything that the
 * connector started.
 *
 * <p>{@link EngineConfigurator} and its parameters are Flowable's own extension point, though it
 * lies in an {@code impl} package.
 */
public final class RestConnectorConfigurator implements EngineConfigurator {

  private static final Logger LOG = LoggerFactory.getLogger(RestConnectorConfigurator.class);

  private final RestConnectorSettings settings;
  private final Extensions extensions;
  private volatile @Nullable RestCalls calls;
  private final EngineWorker worker = new EngineWorker();
  private final WebhookExtensions webhookExtensions;
  private @Nullable WebhookEndpoint webhooks;
  private @Nullable String engineName;

  /** With the default settings; called by the engine's configurator discovery. */
  public RestConnectorConfigurator() {
    this(RestConnectorSettings.defaults());
  }

  /** With these settings and nothing of the application's. */
  public RestConnectorConfigurator(RestConnectorSettings settings) {
    this(settings, Extensions.none(), WebhookExtensions.none());
  }

  RestConnectorConfigurator(
      RestConnectorSettings settings, Extensions extensions, WebhookExtensions webhookExtensions) {
    this.settings = settings;
    this.extensions = extensions;
    this.webhookExtensions = webhookExtensions;
  }

  /** Builds one with what an application adds to the connector. */
  public static RestConnectorBuilder builder() {
    return new RestConnectorBuilder();
  }

  @Override
  public void beforeInit(AbstractEngineConfiguration engine) {
    if (engine instanceof EventRegistryEngineConfiguration registry) {
      // Whichever instance is called: that the channel type is known depends on no setting.
      EngineOfRegistry.install(registry);
      return;
    }
    if (engine instanceof ProcessEngineConfigurationImpl processes && isSelectedFor(engine)) {
      refuseSecondEngine(processes);
      engine.addEngineLifecycleListener(new Parts(processes));
      RestWorker.prepare(processes);
      FieldsOfClasses.leaveAlone(processes);
      UncaughtErrors.install(processes);
      EngineClosing.install(processes, this::close);
      ExactNumbers.readFromDatabase(processes);
      sendHttpTasks(processes);
      DeploymentCheck.install(
          processes, settings.validation(), settings.http().access(), this::reader);
      // Before the event registry deploys channels that name secrets.
      webhooks =
          new WebhookEndpoint(
              processes, settings.webhooks(), this::secret, webhookExtensions, tracing());
    }
  }

  @Override
  public void configure(AbstractEngineConfiguration engine) {
    if (engine instanceof EventRegistryEngineConfiguration registry) {
      ExactNumbers.readInExpressions(registry.getExpressionManager());
      WebhookChannels.addFunctions(registry);
    }
    if (!(engine instanceof ProcessEngineConfigurationImpl processes) || !isSelectedFor(engine)) {
      return;
    }
    // Not before: now the engine has its beans, whoever they come from, Spring too.
    Map<Object, Object> beans = new BeansWithDelegates(engine.getBeans());
    engine.setBeans(beans);
    processes.getExpressionManager().setBeans(beans);
    ExactNumbers.readInExpressions(processes.getExpressionManager());
    if (settings.idempotencyKey()) {
      IdempotencyKey.install(processes);
    }
  }

  /** Starts and ends with the engine; the rooms find their part of the connector by it. */
  private final class Parts
      implements EngineLifecycleListener, RestCalls.Holder, WebhookEndpoint.Holder {

    private final ProcessEngineConfigurationImpl engine;

    Parts(ProcessEngineConfigurationImpl engine) {
      this.engine = engine;
    }

    // Only here, so that an engine whose start fails leaves no thread behind.
    @Override
    public void onEngineBuilt(Engine built) {
      if (webhooks != null) {
        webhooks.triggers().check();
      }
      RestCalls started = newCalls();
      calls = started;
      if (engine instanceof MultiSchemaMultiTenantProcessEngineConfiguration) {
        LOG.warn("No worker: external-worker tasks wait where each tenant has a schema");
      } else {
        worker.engineBuilt(
            () -> {
              if (webhooks != null) {
                webhooks.triggers().early().start();
              }
              return new RestWorker(engine, started, settings.http(), settings.worker(), tracing());
            });
      }
    }

    @Override
    public void onEngineClosed(Engine closed) {
      close();
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
    public @Nullable WebhookEndpoint webhooks() {
      return webhooks;
    }
  }

  /** A client that the application has set stays. */
  private void sendHttpTasks(ProcessEngineConfigurationImpl engine) {
    HttpClientConfig config = engine.getHttpClientConfig();
    if (settings.httpTasks().enabled() && config.getHttpClient() == null) {
      config.setHttpClient(new ConnectorHttpClient(settings.httpTasks(), config, () -> calls));
    }
  }

  /** Two engines would share threads that the end of either stops, or of neither. */
  private void refuseSecondEngine(ProcessEngineConfigurationImpl second) {
    RestCalls started = calls;
    if (started != null && !started.client().isClosed()) {
      throw new IllegalStateException(
          "A RestConnectorConfigurator is for one engine: this one is in use by engine '%s', give engine '%s' another"
              .formatted(engineName, second.getEngineName()));
    }
    engineName = second.getEngineName();
  }

  private void close() {
    worker.close();
    if (webhooks != null) {
      webhooks.triggers().early().close();
    }
    RestCalls started = calls;
    if (started != null) {
      started.close();
    }
  }

  /** Also for what is deployed before the engine is built. */
  private RequestReader reader() {
    RestCalls started = calls;
    return started == null ? new RequestReader(settings.http()) : started.reader();
  }

  /** At each use: what a source gives may change. */
  private @Nullable Secret secret(String name) {
    return new Secrets(extensions.secretSources(), settings.http().access()).find(name);
  }

  /** The interceptor that observes calls makes the other spans, too. */
  private Tracing tracing() {
    return extensions.interceptors().stream()
        .filter(Tracing.class::isInstance)
        .map(Tracing.class::cast)
        .findFirst()
        .orElse(Tracing.OFF);
  }

  /** A configurator added by hand wins over the discovered one, the first over the others. */
  private boolean isSelectedFor(AbstractEngineConfiguration engine) {
    List<EngineConfigurator> added = engine.getConfigurators();
    for (EngineConfigurator configurator : added == null ? List.<EngineConfigurator>of() : added) {
      if (configurator instanceof RestConnectorConfigurator
          || configurator instanceof NoRestConnector) {
        return configurator == this;
      }
    }
    return true;
  }

  /** What depends on other settings, such as the name of a secret, is found wrong only here. */
  private RestCalls newCalls() {
    try {
      return new RestCalls(settings.http(), extensions, settings.idempotencyKey());
    } catch (IllegalArgumentException wrong) {
      throw new InvalidSettingsException(wrong.getMessage());
    }
  }

  /** Leaves it to the application to start the worker when it is ready. */
  public void letWorkerWait() {
    worker.letWait();
  }

  /**
   * Starts a worker, or lets the engine start it once it is built, but not where the engine is
   * closed. One that was started before is closed.
   */
  public void startWorker() {
    worker.start();
  }

  /**
   * A running part of the connector, in the manner of {@link java.sql.Wrapper#unwrap}. The parts
   * are internal: this is for the connector's own auto-configuration.
   *
   * @return null as long as the part has not been started
   */
  public <T> @Nullable T unwrap(Class<T> part) {
    return part.cast(
        part == RestCalls.class ? calls : part == RestWorker.class ? worker.current() : null);
  }

  @Override
  public int getPriority() {
    return 100_000;
  }
}
