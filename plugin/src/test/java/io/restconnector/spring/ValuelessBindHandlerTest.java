package io.restconnector.spring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restconnector.InvalidSettingsException;
import io.restconnector.journal.JournalSettings.Capture;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

/** What is said of a property that cannot be bound. */
class ValuelessBindHandlerTest {

  private static final String VALUE = "0-Known-Secret";

  /** Fails with the connector's own exception, which the binder wraps. */
  private static void bind(String name, Bindable<?> target, Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    try {
      Binder.get(environment)
          .bind(name, target, new ValuelessBindHandler(BindHandler.DEFAULT, environment));
    } catch (BindException failed) {
      throw failed.getCause() instanceof InvalidSettingsException own ? own : failed;
    }
  }

  static Stream<Arguments> types() {
    return Stream.of(
        arguments(boolean.class, "true or false"),
        arguments(Boolean.class, "true or false"),
        arguments(int.class, "an integer"),
        arguments(Integer.class, "an integer"),
        arguments(DataSize.class, "a size such as 10MB"),
        arguments(float.class, "a number"),
        arguments(Float.class, "a number"),
        arguments(Double.class, "a number"),
        arguments(Duration.class, "a duration such as 30s"),
        arguments(Capture.class, "one of metadata, headers, bodies"),
        arguments(Class.class, "what can stand there"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void whenAValueIsOfAnotherTypeThenTheMessageNamesThePropertyAndNotTheValue(
      Class<?> type, String wanted) {
    assertThatThrownBy(
            () ->
                bind("rest-connector.any", Bindable.of(type), Map.of("rest-connector.any", VALUE)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("rest-connector.any is not " + wanted)
        .hasNoCause();
  }

  @Test
  void whenAUrlOrAListIsNoneThenThatIsWanted() {
    assertThatThrownBy(
            () ->
                bind(
                    "rest-connector.any",
                    Bindable.of(URI.class),
                    Map.of("rest-connector.any", VALUE + " :")))
        .hasMessage("rest-connector.any is not a URL");
    assertThatThrownBy(
            () ->
                bind(
                    "rest-connector.any",
                    Bindable.of(ResolvableType.forClassWithGenerics(List.class, Integer.class)),
                    Map.of("rest-connector.any", VALUE)))
        .hasMessage("rest-connector.any is not a list");
  }

  @Test
  void whenAPlaceholderIsOfItselfThenTheMessageSaysSo() {
    assertThatThrownBy(
            () ->
                bind(
                    "rest-connector.any",
                    Bindable.of(String.class),
                    Map.of("rest-connector.any", VALUE + "${rest-connector.any}")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("rest-connector.any has a placeholder that cannot be resolved");
  }

  @Test
  void whenAPropertyIsNotOfTheConnectorThenTheFailureIsSprings() {
    for (String name : List.of("other.any", "rest-connectors.any")) {
      assertThatThrownBy(() -> bind(name, Bindable.of(int.class), Map.of(name, VALUE)))
          .isInstanceOf(BindException.class);
    }
  }

  @Test
  void whenAPropertyIsUnknownThenThatIsSaidFirst() {
    assertThatThrownBy(
            () ->
                bind(
                    "rest-connector",
                    Bindable.of(int.class),
                    Map.of("rest-connector", VALUE, "rest-connector.time-out", VALUE)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("rest-connector.time-out is no property of the REST connector")
        .hasMessageNotContaining(VALUE);
  }

  record Group(int number) {}

  @Test
  void whenAPropertyOfAGroupIsWrongThenItIsNamedAndNotTheGroup() {
    assertThatThrownBy(
            () ->
                bind(
                    "rest-connector.group",
                    Bindable.of(Group.class),
                    Map.of("rest-connector.group.number", VALUE)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage("rest-connector.group.number is not an integer");
  }

  @Test
  void whenAValueFitsThenNothingIsSaid() {
    assertThatCode(
            () ->
                bind(
                    "rest-connector.any",
                    Bindable.of(int.class),
                    Map.of("rest-connector.any", "5")))
        .doesNotThrowAnyException();
  }
}
