package io.restconnector;

import io.restconnector.call.internal.FieldsOfClasses;
import io.restconnector.call.internal.IdempotencyKey;
import io.restconnector.call.internal.RestCalls;
import io.restconnector.call.internal.UncaughtErrors;
import io.restconnector.http.internal.Extensions;
import io.restconnector.httptask.internal.ConnectorHttpClient;
import io.restconnector.internal.Tracing;
import io.restconnector.internal.platform.ExactNumbers;
import io.restconnector.model.internal.DeploymentCheck;
import io.restconnector.project.internal.ProjectDeployer;
import io.restconnector.webhook.internal.EngineOfRegistry;
import io.restconnector.webhook.internal.WebhookExtensions;
import io.restconnector.webhook.internal.early.EarlyEvents;
import io.restconnector.webhook.internal.trigger.WebhookChannels;
import io.restconnector.worker.internal.RestWorker;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.common.engine.impl.EngineConfigurator;
import org.flowable.engine.cfg.HttpClientConfig;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.jspecify.annotations.Nullable;

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

  private final RestConnectorSettings settings;
  private final Extensions extensions;
  private final WebhookExtensions webhookExtensions;
  private final EngineWorker worker = new EngineWorker();
  private volatile @Nullable RunningConnector running;

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
      // Before the event registry deploys channels that name secrets.
      RunningConnector connector =
          new RunningConnector(
              processes, settings, extensions, webhookExtensions, tracing(), worker);
      running = connector;
      engine.addEngineLifecycleListener(connector);
      RestWorker.prepare(processes);
      FieldsOfClasses.leaveAlone(processes);
      UncaughtErrors.install(processes);
      EngineClosing.install(processes, connector::close);
      ExactNumbers.beforeInit(processes);
      sendHttpTasks(processes, connector::calls);
      ProjectDeployer.install(processes, settings.http().access().authentications().keySet());
      DeploymentCheck.install(
          processes, settings.validation(), settings.http().access(), connector::reader);
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
    ExactNumbers.afterInit(processes);
    if (settings.idempotencyKey()) {
      IdempotencyKey.install(processes);
    }
  }

  /** A client that the application has set stays. */
  private void sendHttpTasks(
      ProcessEngineConfigurationImpl engine, Supplier<@Nullable RestCalls> calls) {
    HttpClientConfig config = engine.getHttpClientConfig();
    if (settings.httpTasks().enabled() && config.getHttpClient() == null) {
      config.setHttpClient(new ConnectorHttpClient(settings.httpTasks(), config, calls));
    }
  }

  /** Two engines would share threads that the end of either stops, or of neither. */
  private void refuseSecondEngine(ProcessEngineConfigurationImpl second) {
    RunningConnector first = running;
    if (first != null && first.isOpen()) {
      throw new IllegalStateException(
          "A RestConnectorConfigurator is for one engine: this one is in use by engine '%s', give engine '%s' another"
              .formatted(first.engine().getEngineName(), second.getEngineName()));
    }
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

  /** Ends the worker, and the searches for early events, until {@link #startWorker}. */
  public void stopWorker() {
    RestWorker taking = worker.current();
    if (taking != null) {
      taking.close();
    }
    RunningConnector connector = running;
    if (connector != null) {
      connector.webhooks().triggers().stop();
    }
  }

  /**
   * A running part of the connector, in the manner of {@link java.sql.Wrapper#unwrap}. The parts
   * are internal: this is for the connector's own auto-configuration. The settings are there from
   * the beginning.
   *
   * @return null as long as the part has not been started
   */
  public <T> @Nullable T unwrap(Class<T> part) {
    if (part == RestConnectorSettings.class) {
      return part.cast(settings);
    }
    RunningConnector connector = running;
    if (connector == null) {
      return null;
    }
    if (part == EarlyEvents.class) {
      return part.cast(connector.webhooks().triggers().early());
    }
    return part.cast(
        part == RestCalls.class
            ? connector.calls()
            : part == RestWorker.class ? connector.worker() : null);
  }

  @Override
  public int getPriority() {
    return 100_000;
  }
}
