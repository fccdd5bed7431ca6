package io.restconnector.project.internal;

import static io.restconnector.project.internal.ProjectResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.internal.RestAction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingsTest {

  private static final Map<String, Connector> CONNECTORS =
      Map.of(
          "orders",
          new Connector("f", "orders", true, Map.of(RestAction.GET, List.of("out")), null),
          "our.shop",
          new Connector("f", "our.shop", true, Map.of(), null),
          "mail",
          new Connector("f", "mail", false, Map.of(), null));

  private static final ActivityMapping MAPPING =
      new ActivityMapping(true, false, Map.of(), Map.of());
  private static final Property PROPERTY = new Property("a", "string", json("'x'"));

  private final Faults faults = new Faults();

  private Bindings bind(String... implementations) {
    List<ModelScan.Task> tasks =
        Stream.of(implementations)
            .map(each -> new ModelScan.Task(Place.of("f"), "p", "t-" + each, each))
            .toList();
    ProcessExtensions extensions =
        new ProcessExtensions(
            "f",
            false,
            Map.of("a", PROPERTY),
            Map.of("t-orders.GET", Map.of("timeout", json("5"))),
            Map.of("t-orders.GET", MAPPING));
    return Bindings.of(
        new Project(CONNECTORS, Map.of("p", extensions), tasks, List.of(), Map.of()), faults);
  }

  @Test
  void whenATaskIsOursThenItHasWhatTheProjectSaysOfIt() {
    Bindings bindings = bind("orders.GET", "our.shop.PUT");

    assertThat(bindings.find("p", "t-orders.GET"))
        .isEqualTo(
            new MappedTask(
                RestAction.GET,
                MAPPING,
                Map.of("timeout", json("5")),
                Map.of("a", PROPERTY),
                List.of("out")));
    MappedTask other = Objects.requireNonNull(bindings.find("p", "t-our.shop.PUT"));
    assertThat(other.action()).isEqualTo(RestAction.PUT);
    assertThat(other.constants()).isEmpty();
    assertThat(other.outputNames()).isEmpty();
    assertThat(bindings.find("p", "other")).isNull();
    assertThat(bindings.find("other", "t-orders.GET")).isNull();
    assertThat(faults.errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none.GET   | f: wants the connector 'none', which is not there",
        "none       | f: wants the connector 'none', which is not there",
        "mail.GET   | f: wants the connector 'mail', which is no REST connector",
        "script.RUN | f: wants a script, which this engine does not run",
        "orders.get | f: wants the action 'get' of the connector 'orders', wanted one of [GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE]",
        "orders     | f: wants the action '' of the connector 'orders', wanted one of [GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE]",
      })
  void whenATaskCannotRunThenItIsNotBound(String implementation, String error) {
    assertThat(bind(implementation).byProcess()).isEmpty();
    assertThat(faults.errors()).containsExactly(error);
  }
}
