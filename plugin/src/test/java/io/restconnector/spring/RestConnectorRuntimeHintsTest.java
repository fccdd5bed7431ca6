package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.proxies;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import io.restconnector.RestConnectorConfigurator;
import io.restconnector.fixtures.platform.HintPredicates;
import io.restconnector.internal.platform.WebhookChannelModel;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.aot.AotServices;

class RestConnectorRuntimeHintsTest {

  /** Of whatever registers hints by its own file, as Spring finds it when it builds an image. */
  private final RuntimeHints hints = new RuntimeHints();

  RestConnectorRuntimeHintsTest() {
    for (RuntimeHintsRegistrar each : AotServices.factories().load(RuntimeHintsRegistrar.class)) {
      if (each.getClass().getName().startsWith("io.restconnector.")) {
        each.registerHints(hints, getClass().getClassLoader());
      }
    }
  }

  @Test
  void whenAResourceIsReadAtRuntimeThenTheImageHasIt() throws IOException {
    Path resources = Path.of("src/main/resources");
    List<String> scripts;
    try (var files = Files.list(resources.resolve("io/restconnector/db"))) {
      scripts = files.map(file -> "io/restconnector/db/" + file.getFileName()).toList();
    }

    assertThat(scripts).isNotEmpty().allSatisfy(file -> accepts(resource().forResource(file)));
    accepts(
        resource()
            .forResource("META-INF/services/org.flowable.common.engine.impl.EngineConfigurator"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Get", "Head", "Post", "Put", "Patch", "Delete", "Options", "Trace"})
  void whenAModelNamesTheClassOfADelegateThenItCanBeMade(String action) throws Exception {
    Class<?> delegate = Class.forName("io.restconnector.call." + action + "Delegate");

    accepts(HintPredicates.invokes(delegate.getConstructor()));
  }

  @Test
  void whenTheEngineDiscoversTheConnectorThenItCanBeMade() throws Exception {
    accepts(HintPredicates.invokes(RestConnectorConfigurator.class.getConstructor()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "webhook.internal.delivery.DeduplicationMapper",
        "webhook.internal.delivery.SubscriptionMapper",
        "webhook.internal.early.EarlyMapper",
        "worker.internal.BatchMapper",
        "worker.internal.LockMapper"
      })
  void whenMyBatisImplementsAMapperThenItCan(String name) throws Exception {
    Class<?> mapper = Class.forName("io.restconnector." + name);

    accepts(proxies().forInterfaces(mapper));
    for (Method statement : mapper.getDeclaredMethods()) {
      accepts(HintPredicates.invokes(statement));
    }
    for (Class<?> row : mapper.getDeclaredClasses()) {
      for (Constructor<?> constructor : row.getDeclaredConstructors()) {
        accepts(HintPredicates.invokes(constructor));
      }
    }
  }

  @Test
  void whenTheEventRegistryReadsAChannelThenItCanBeMade() throws Exception {
    accepts(HintPredicates.invokes(WebhookChannelModel.class.getConstructor()));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        RestConnectorProperties.class,
        AuthenticationProperties.class,
        ProxyProperties.class,
        EgressProperties.class,
        RetryProperties.class,
        CircuitBreakerProperties.class,
        WebhookProperties.class,
        WorkerProperties.class,
      })
  void whenPropertiesAreBoundThenTheyCanBeMade(Class<?> properties) {
    assertThat(properties.getDeclaredConstructors())
        .isNotEmpty()
        .allSatisfy(each -> accepts(HintPredicates.invokes(each)));
  }

  private void accepts(Predicate<RuntimeHints> wanted) {
    assertThat(wanted).accepts(hints);
  }
}
