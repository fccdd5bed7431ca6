package io.restconnector.testing;

import io.restconnector.RestConnectorBuilder;
import io.restconnector.RestConnectorConfigurator;
import io.restconnector.RestConnectorSettings;
import io.restconnector.spi.CallInterceptor;
import io.restconnector.worker.WorkerSettings;
import java.util.List;
import java.util.function.Supplier;
import org.flowable.common.engine.impl.AbstractEngineConfiguration;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Answers the calls of an engine in its tests, so that no socket is opened, and sends webhook
 * requests to it without a container.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RestConnectorExtension rest = new RestConnectorExtension();
 * }</pre>
 *
 * <p>In a plain engine, {@link #start} builds the engine. In a test of Spring, such as one with
 * {@code @SpringBootTest}, the field must be static: the application context then has the stubs.
 *
 * <p>What a test stubs and what it asks ends with the test. A call that nobody stubbed fails the
 * test, whatever its process makes of the error.
 *
 * @since 0.1
 */
public final class RestConnectorExtension implements AfterEachCallback {

  private final Stubs stubs = new Stubs();
  private @Nullable Supplier<ProcessEngine> engine;

  /** Says what the calls of a task get, by its id in the BPMN file. */
  public StubbedTask on(String activityId) {
    return stubs.on(activityId);
  }

  /** All calls that were made in this test, in their order. */
  public List<RecordedCall> calls() {
    return stubs.calls();
  }

  /** The calls that a task made in this test, in their order. */
  public List<RecordedCall> calls(String activityId) {
    return stubs.calls().stream()
        .filter(call -> activityId.equals(call.source().activityId()))
        .toList();
  }

  /**
   * Fails where a stub has not answered, or not with all that it was to answer in turn.
   *
   * @throws AssertionError that names the tasks
   */
  public void assertAllCalled() {
    List<String> rest = stubs.uncalled();
    if (!rest.isEmpty()) {
      throw new AssertionError("Stubbed, but not called: " + String.join(", ", rest));
    }
  }

  /** A webhook request to the path below the endpoint, such as {@code payments/A-1}. */
  public WebhookCall webhook(String path) {
    Supplier<ProcessEngine> known = engine;
    if (known == null) {
      throw new IllegalStateException(
          "No engine is known: build it with start, or make the field of the extension static in"
              + " a test of Spring");
    }
    return new WebhookCall(known.get(), path);
  }

  /**
   * Builds an engine whose calls are stubbed, external-worker tasks included. They need the
   * engine's async executor, as in production. Close the engine when it is no longer needed.
   */
  public ProcessEngine start(ProcessEngineConfiguration configuration) {
    return start(
        configuration,
        RestConnectorSettings.defaults().withWorker(WorkerSettings.defaults().withEnabled(true)));
  }

  /** As {@link #start(ProcessEngineConfiguration)}, with these settings. */
  public ProcessEngine start(
      ProcessEngineConfiguration configuration, RestConnectorSettings settings) {
    RestConnectorBuilder builder = RestConnectorConfigurator.builder().settings(settings);
    interceptors().forEach(builder::interceptor);
    ((AbstractEngineConfiguration) configuration).addConfigurator(builder.build());
    ProcessEngine built = configuration.buildProcessEngine();
    use(() -> built);
    return built;
  }

  /** What answers the calls of a connector, for one that a test builds for itself. Takes both. */
  public List<CallInterceptor> interceptors() {
    return stubs.interceptors();
  }

  /** The engine that gets the webhook requests. */
  void use(Supplier<ProcessEngine> value) {
    engine = value;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> unstubbed = stubs.reset();
    if (!unstubbed.isEmpty()) {
      throw new AssertionError(String.join("\n\n", unstubbed));
    }
  }
}
