package io.restconnector.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.call.RestDelegate;
import io.restconnector.call.internal.ErrorCode;
import io.restconnector.call.internal.RestAction;
import io.restconnector.webhook.internal.trigger.WebhookChannels;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue, the code that reads and the tables of the docs name the same things. */
class CatalogueTest {

  private static final Path DOCS = Path.of("../docs");

  @ParameterizedTest
  @EnumSource
  void whenAnActionReadsAFieldThenTheCatalogueHasIt(RestAction action) {
    Set<String> read = new TreeSet<>(action.fields());
    if (action == RestAction.TRACE) {
      read.remove("authentication"); // only to refuse it
    }

    assertThat(Catalogue.inputsOf(action)).extracting(TaskInput::name).hasSameElementsAs(read);
  }

  @Test
  void whenTheCatalogueHasAnInputThenADelegateTakesItAsAField() {
    assertThat(
            Stream.of(RestDelegate.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4)))
        .hasSameElementsAs(Catalogue.INPUTS.stream().map(TaskInput::name).toList());
  }

  @ParameterizedTest
  @EnumSource
  void whenAnActionWritesAnOutputThenTheCatalogueHasIt(RestAction action) {
    assertThat(
            Catalogue.OUTPUTS.stream()
                .filter(output -> output.writtenBy().contains(action))
                .map(Catalogue.TaskOutput::name))
        .hasSameElementsAs(action.outputs());
  }

  @Test
  void whenAChannelHasAPropertyThenTheCatalogueHasIt() {
    assertThat(ChannelProperty.ALL)
        .extracting(ChannelProperty::name)
        .hasSameElementsAs(WebhookChannels.properties());
  }

  @Test
  void whenInputsAreDocumentedThenAsTheCatalogueHasThem() {
    Generated.checkTable(
        DOCS.resolve("inputs.md"),
        "| input | type | default | read by | meaning |",
        rows(
            Catalogue.INPUTS.stream()
                .map(
                    input ->
                        row(
                            code(input.name()),
                            input.form().text,
                            input.name().equals("restUrl")
                                ? "required"
                                : input.preset() == null ? "none" : code(input.preset()),
                            Catalogue.text(input.readBy()),
                            input.meaning()))));
  }

  @Test
  void whenOutputsAreDocumentedThenAsTheCatalogueHasThem() {
    Generated.checkTable(
        DOCS.resolve("outputs.md"),
        "| output | type | written by |",
        rows(
            Catalogue.OUTPUTS.stream()
                .map(
                    output ->
                        row(
                            code(output.name()),
                            output.type(),
                            Catalogue.text(output.writtenBy())))));
  }

  @Test
  void whenErrorsAreDocumentedThenAsTheCatalogueHasThem() {
    Generated.checkTable(
        DOCS.resolve("errors.md"),
        "| code | raised for |",
        rows(
            Arrays.stream(ErrorCode.values())
                .map(error -> row(code(error.name()), Catalogue.raisedFor(error)))));
  }

  @Test
  void whenPropertiesOfTriggersAreDocumentedThenAsTheCatalogueHasThem() {
    Generated.checkTable(
        DOCS.resolve("webhooks.md"),
        "| property | default | meaning |",
        rows(
            ChannelProperty.ALL.stream()
                .map(
                    property ->
                        row(code(property.name()), property.preset(), property.meaning()))));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String rows(Stream<String> rows) {
    return rows.collect(Collectors.joining());
  }
}
