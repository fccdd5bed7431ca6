package io.restconnector.call;

import static io.restconnector.call.CallEngine.byExpression;
import static io.restconnector.call.CallEngine.byTopic;
import static org.awaitility.Awaitility.await;

import io.restconnector.call.internal.RestAction;
import io.restconnector.fixtures.OtherJvm;
import io.restconnector.fixtures.PlainEngines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * An engine with little memory. Many instances at once call the URL, then one calls a healthy one;
 * it tells the codes of all.
 */
final class ResponseMemoryNode {

  private ResponseMemoryNode() {}

  /**
   * Takes: URL, healthy URL, instances, {@code delegate}, {@code worker}, {@code twice} or {@code
   * mapped}.
   */
  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    int instances = Integer.parseInt(arguments[2]);
    Path directory = Files.createTempDirectory("memory");
    ProcessEngineConfigurationImpl configuration = PlainEngines.withoutHistory();
    // Not in memory, which is what is scarce.
    configuration.setJdbcUrl("jdbc:h2:file:" + directory.resolve("db") + ";CACHE_SIZE=8192");
    configuration.setAsyncExecutorActivate(true);
    try (CallEngine engine = CallEngine.start(configuration)) {
      engine.deploy("delegate", byExpression(RestAction.GET));
      engine.deploy("worker", byTopic(RestAction.GET));
      // Its body goes nowhere, so that the database takes no memory for it.
      engine.deploy(
          "mapped",
          byExpression(RestAction.GET),
          CallEngine.string("outputMapping", "{\"status\": \"${restStatus}\"}"));
      engine.deployProcess(
          "twice",
          """
          <startEvent id="s"/><sequenceFlow sourceRef="s" targetRef="one"/>
          <serviceTask id="one" %1$s/><sequenceFlow sourceRef="one" targetRef="two"/>
          <serviceTask id="two" %1$s/><sequenceFlow sourceRef="two" targetRef="done"/>
          <userTask id="done"/>
          """
              .formatted(byExpression(RestAction.GET)));
      List<String> codes = new ArrayList<>();
      ExecutorService threads = Executors.newFixedThreadPool(instances);
      List<Future<String>> ends = new ArrayList<>();
      for (int i = 0; i < instances; i++) {
        ends.add(threads.submit(() -> code(engine, arguments[3], url)));
      }
      for (Future<String> end : ends) {
        codes.add(end.get());
      }
      threads.shutdown();
      codes.add(code(engine, "delegate", arguments[1]));
      OtherJvm.ready(String.join(" ", codes));
    }
  }

  private static String code(CallEngine engine, String process, String url) {
    String instance = engine.begin(process, Map.of("restUrl", url, "timeout", 100_000));
    await()
        .atMost(Duration.ofSeconds(110))
        .until(
            () ->
                engine.engine.getTaskService().createTaskQuery().processInstanceId(instance).count()
                    == 1);
    Object code = engine.runtime().getVariable(instance, "code");
    return code == null ? "none" : code.toString();
  }
}
