package io.restconnector.webhook;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.fixtures.Bpmn;
import io.restconnector.fixtures.EngineFixture;
import io.restconnector.fixtures.TestDatabase;
import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.WebhookEndpoint;
import io.restconnector.webhook.internal.request.WebhookRequest;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.flowable.common.engine.impl.interceptor.EngineConfigurationConstants;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.repository.DeploymentBuilder;
import org.flowable.eventregistry.impl.EventRegistryEngineConfiguration;
import org.jspecify.annotations.Nullable;

/** A real engine, and requests that go past the servlet. */
public final class WebhookEngine extends EngineFixture {

  private final WebhookEndpoint endpoint;

  private WebhookEngine(ProcessEngine engine) {
    super(engine);
    endpoint = WebhookEndpoint.of(engine);
  }

  public static WebhookEngine on(TestDatabase database) {
    return on(database, database.url());
  }

  public static WebhookEngine on(TestDatabase database, String url) {
    return on(database, url, engine -> {});
  }

  public static WebhookEngine on(TestDatabase database, String url, Map<String, Secret> secrets) {
    return on(
        database,
        url,
        engine -> engine.addConfigurator(new RestConnectorConfigurator(settings(secrets))));
  }

  public static WebhookEngine on(
      TestDatabase database, String url, Consumer<ProcessEngineConfigurationImpl> customizer) {
    ProcessEngineConfigurationImpl configuration =
        database.configure(new StandaloneProcessEngineConfiguration(), url);
    customizer.accept(configuration);
    return of(configuration);
  }

  /** On a database of its own, in memory. */
  public static WebhookEngine with(Consumer<ProcessEngineConfigurationImpl> customizer) {
    return on(TestDatabase.H2, TestDatabase.H2.url(), customizer);
  }

  public static WebhookEngine with(RestConnectorConfigurator connector) {
    return with(engine -> engine.addConfigurator(connector));
  }

  public static WebhookEngine with(RestConnectorSettings settings) {
    return with(new RestConnectorConfigurator(settings));
  }

  public static WebhookEngine with(WebhookSettings settings) {
    return with(settings(settings));
  }

  public static WebhookEngine with(Map<String, Secret> secrets) {
    return with(settings(secrets));
  }

  /** Its connector is the one that a test has added, and where it has added none, a default one. */
  public static WebhookEngine of(ProcessEngineConfigurationImpl configuration) {
    configuration.addConfigurator(
        new RestConnectorConfigurator(settings(WebhookSettings.defaults())));
    return new WebhookEngine(configuration.buildProcessEngine());
  }

  public static RestConnectorSettings settings(Map<String, Secret> secrets) {
    return settings(WebhookSettings.defaults())
        .withHttp(
            HttpSettings.defaults().withAccess(AccessSettings.defaults().withSecrets(secrets)));
  }

  /** With the status for a request without trigger, whatever the environment says. */
  private static RestConnectorSettings settings(WebhookSettings settings) {
    return RestConnectorSettings.defaults().withWebhooks(settings.withEventNotMatchStatus(404));
  }

  /** Around an engine that a test has configured itself. */
  public static WebhookEngine around(ProcessEngine engine) {
    return new WebhookEngine(engine);
  }

  /** Does something inside a command of the engine. */
  public <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
    return configuration().getCommandExecutor().execute(context -> work.get());
  }

  public EventRegistryEngineConfiguration eventRegistry() {
    return (EventRegistryEngineConfiguration)
        Objects.requireNonNull(
            configuration()
                .getEngineConfigurations()
                .get(EngineConfigurationConstants.KEY_EVENT_REGISTRY_CONFIG));
  }

  /** Deploys files by their names; of a BPMN file, what stands inside its root element. */
  public String deploy(String... namesAndTexts) {
    return deployFor("", namesAndTexts);
  }

  public String deployFor(String tenantId, String... namesAndTexts) {
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      String name = namesAndTexts[i];
      String text = namesAndTexts[i + 1];
      deployment.addString(name, name.endsWith(".bpmn20.xml") ? Bpmn.definitions(text) : text);
    }
    return deployment.tenantId(tenantId).deploy().getId();
  }

  /** A channel from the properties that only webhooks have. */
  public static String channel(String key, String path, String properties) {
    return """
        {"key": "%s", "channelType": "inbound", "type": "webhook", "path": "%s"%s}
        """
        .formatted(key, path, properties.isEmpty() ? "" : ", " + properties);
  }

  public WebhookResponse post(String path, String json) {
    return send("POST", path, Map.of("content-type", "application/json"), json);
  }

  public WebhookResponse send(
      String method, String pathAndQuery, Map<String, String> headers, @Nullable String body) {
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return sendBytes(
        method,
        pathAndQuery,
        lists,
        body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
  }

  public WebhookResponse sendBytes(
      String method, String pathAndQuery, Map<String, List<String>> headers, byte[] body) {
    int query = pathAndQuery.indexOf('?');
    return endpoint.answer(
        new WebhookRequest(
            method,
            query < 0 ? pathAndQuery : pathAndQuery.substring(0, query),
            query < 0 ? null : pathAndQuery.substring(query + 1),
            headers),
        body.length,
        new ByteArrayInputStream(body));
  }

  public static String text(WebhookResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
