package io.restconnector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restconnector.fixtures.TestDatabase;
import io.restconnector.webhook.internal.request.WebhookResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.job.api.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The recipes of processes that wait and answer: the files that the page shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessRecipesTest {

  private static final Path PROCESSES = Path.of("src/test/resources/recipe-processes");
  private static final Path FILES = Path.of("src/test/resources/recipes");

  private final WebhookEngine engine = WebhookEngine.on(TestDatabase.H2);

  ProcessRecipesTest() throws IOException {
    for (Path each : list(PROCESSES)) {
      engine.deploy(each.getFileName().toString(), Files.readString(each));
    }
    for (String name :
        List.of(
            "paymentReported.event",
            "paymentReported.channel",
            "parcelSeen.event",
            "parcelSeen.channel",
            "orderPrice.channel",
            "shipmentReady.event",
            "shipmentReady.channel")) {
      engine.deploy(name, Files.readString(FILES.resolve(name)));
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void whenThePageShowsAProcessThenItIsTheFileThatIsTestedHere() throws IOException {
    List<String> shown =
        Pattern.compile("(?s)```xml\n(.*?)```")
            .matcher(Files.readString(Path.of("../docs/recipes.md")))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    List<String> files =
        list(PROCESSES).stream()
            .map(
                each -> {
                  try {
                    return Files.readString(each);
                  } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                  }
                })
            .toList();

    assertThat(shown).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void whenTheCallbackComesBeforeTheCallHasEndedThenTheInstanceTakesIt() {
    ProcessInstance instance =
        engine
            .runtime()
            .startProcessInstanceByKey(
                "paymentInParallel", Map.of("orderId", "o1", "backend", "x"));

    assertThat(engine.post("payment-reports/o1", "{\"paid\": true}").status()).isEqualTo(200);

    assertThat(engine.runtime().getVariable(instance.getId(), "paid")).isEqualTo(true);
    endCallOf(instance);
  }

  /** As the worker does once the service has answered. */
  private void endCallOf(ProcessInstance instance) {
    String job =
        engine
            .engine
            .getManagementService()
            .createExternalWorkerJobQuery()
            .processInstanceId(instance.getId())
            .singleResult()
            .getId();
    assertThat(job).isNotNull();
    engine.runtime().deleteProcessInstance(instance.getId(), "test");
  }

  @Test
  void whenAParcelIsSeenAgainThenItsInstanceLearnsOfIt() {
    assertThat(engine.post("parcels", "{\"parcelId\": \"p1\", \"place\": \"A\"}").status())
        .isEqualTo(200);
    assertThat(engine.post("parcels", "{\"parcelId\": \"p2\", \"place\": \"X\"}").status())
        .isEqualTo(200);
    assertThat(engine.post("parcels", "{\"parcelId\": \"p1\", \"place\": \"B\"}").status())
        .isEqualTo(200);
    assertThat(engine.post("parcels", "{\"parcelId\": \"p1\", \"place\": \"C\"}").status())
        .isEqualTo(200);

    List<ProcessInstance> instances =
        engine
            .runtime()
            .createProcessInstanceQuery()
            .processDefinitionKey("parcel")
            .includeProcessVariables()
            .list();
    assertThat(instances)
        .extracting(
            each ->
                each.getProcessVariables().get("parcelId")
                    + ":"
                    + each.getProcessVariables().get("place"))
        .containsExactlyInAnyOrder("p1:C", "p2:X");
  }

  @Test
  void whenAPriceIsAskedForThenTheProcessAnswersIt() throws Exception {
    CompletableFuture<WebhookResponse> answer =
        CompletableFuture.supplyAsync(
            () -> engine.post("order-prices", "{\"amount\": 3, \"currency\": \"EUR\"}"));
    await().until(() -> engine.engine.getManagementService().createJobQuery().count() == 1);
    Job job = engine.engine.getManagementService().createJobQuery().singleResult();

    engine.engine.getManagementService().executeJob(job.getId());

    assertThat(WebhookEngine.text(answer.get(1, TimeUnit.MINUTES)))
        .isEqualTo("{\"price\":36,\"currency\":\"EUR\"}");
  }

  @Test
  void whenTheServiceCallsTheUrlOfItsCallThenThatInstanceTakesIt() {
    Map<String, Object> variables = Map.of("backend", "x", "publicUrl", "https://h");
    ProcessInstance one = engine.runtime().startProcessInstanceByKey("shipment", variables);
    ProcessInstance other = engine.runtime().startProcessInstanceByKey("shipment", variables);

    assertThat(engine.post("shipments/" + one.getId() + "/ready", "{\"parcel\": \"p\"}").status())
        .isEqualTo(200);

    assertThat(engine.runtime().getVariable(one.getId(), "parcel")).isEqualTo("p");
    assertThat(engine.runtime().getVariable(other.getId(), "parcel")).isNull();
    endCallOf(one);
    endCallOf(other);
  }
}
