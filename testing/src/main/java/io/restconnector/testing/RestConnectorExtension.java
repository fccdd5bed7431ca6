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
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

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
 * <p>Stubs and recorded calls end with the test. A call without a stub fails the test, even where
 * the process catches the error. Tests that share an extension must not run in parallel.
 *
 * @since 0.1
 */
public final class RestConnectorExtension
    implements TestExecutionExceptionHandler, AfterEachCallback {

  private final Stubs stubs = new Stubs();
  private @Nullable Supplier<ProcessEngine> engine;

  /** The stub of a task, by its id in the BPMN file. */
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
   * Fails where a stub was not called, or where answers of a stub are left.
   *
   * @throws AssertionError that names the tasks
   */
  public void assertAllCalled() {
    List<String> rest = stubs.uncalled();
    if (!rest.isEmpty()) {
      throw new AssertionError("Stubbed, but not called: " + String.join(", ", rest));
    }
  }

  /**
   * A webhook request to the path below the endpoint, such as {@code payments/A-1}. It goes to the
   * engine that was started last, or to that of the test's application context.
   */
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

  /** Both interceptors that answer the calls, for a connector that a test builds by itself. */
  public List<CallInterceptor> interceptors() {
    return stubs.interceptors();
  }

  /** The engine that gets the webhook requests. */
  void use(Supplier<ProcessEngine> value) {
    engine = value;
  }

  /** What a test runs into without a stub, such as a wait that ends, is not the cause. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    AssertionError fault = stubs.takeFault();
    if (fault == null) {
      throw thrown;
    }
    fault.addSuppressed(thrown);
    throw fault;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    AssertionError fault = stubs.takeFault();
    stubs.reset();
    if (fault != null) {
      throw fault;
    }
  }
}
