package io.restconnector.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression with {@code !} can be parsed. */
class ProjectCheckTest {

  private static final String AT = "e.json: process 'p', activity 'call': ";
  private static final String OF_MODEL = "p.bpmn: process 'p', activity 'call': ";

  private final Faults faults = new Faults();

  private void check(boolean hasRegistry, String sections, String... others) {
    List<String> files =
        new ArrayList<>(
            List.of(
                "connectors/orders.json", ProjectTest.CONNECTOR,
                "p.bpmn", ProjectTest.MODEL,
                "e.json", "{\"extensions\":{\"p\":{" + sections.replace('\'', '"') + "}}}"));
    files.addAll(List.of(others));
    Faults read = new Faults();
    Project project =
        Objects.requireNonNull(
            Project.read(ProjectResources.of(files.toArray(String[]::new)), read));
    Bindings bindings = Bindings.of(project, read);
    assertThat(read.errors()).isEmpty();
    new ProjectCheck(
            Set.of("crm"),
            expression -> {
              if (expression.contains("!")) {
                throw new IllegalArgumentException(expression);
              }
            },
            faults)
        .check(new BoundProject(project, bindings), hasRegistry);
  }

  private void check(String sections) {
    check(true, sections);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'mappings':{'call':{'mappingType':'MAP_ALL_INPUTS','inputs':{'none':{'type':'value'}}}}",
        "'mappings':{'call':{'inputs':{'restUrl':{'type':'value','value':'${a}'}}}}",
        "'mappings':{'call':{'inputs':{'restUrlParams':{'type':'variable','value':'a'}}}}",
        "'mappings':{'call':{'inputs':{'restUrlParams':{'type':'value','value':'${a}'}}}}",
        "'mappings':{'call':{'inputs':{'restUrlParams':{'type':'value','value':' '}}}}",
        "'mappings':{'call':{'inputs':{'restUrlParams':{'type':'value','value':null}}}}",
        "'mappings':{'call':{'inputs':{'requestHeaders':{'type':'static_value','value':{'a':1}}}}}",
        "'mappings':{'call':{'inputs':{'requestHeaders':{'type':'value','value':' {} '}}}}",
        "'mappings':{'call':{'mappingType':'MAP_ALL_INPUTS','inputs':{'requestHeaders':{'type':'value','value':[]}}}}",
        "'constants':{'call':{'timeout':{'value':5}}}",
        "'properties':{'1':{'name':'a','type':'integer','value':5}}",
        "'properties':{'1':{'name':'a','type':'integer','value':'${b}'}}",
        "'properties':{'1':{'name':'a'}},'mappings':{'call':{'outputs':{'a':{'type':'variable','value':'responseHeaders'}}}}",
        "'properties':{'1':{'name':'a'}},'mappings':{'call':{'outputs':{'a':{'type':'value','value':'${b}'}}}}",
      })
  void whenAProjectCanRunThenNothingIsFound(String sections) {
    check(sections);

    assertThat(faults.errors()).isEmpty();
    assertThat(faults.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'mappings':{'call':{'inputs':{'a':{'type':'value','value':'${b!}'}}}} | the input a has an expression that cannot be parsed, or that calls a function that this engine does not have",
        "'mappings':{'call':{'inputs':{'timeout':{'type':'value','value':'${f()}'}}}} | the input timeout calls the function f(), which this engine does not have",
        "'mappings':{'call':{'outputs':{'a':{'type':'value','value':{'x':['${b!}']}}}}} | the output a has an expression that cannot be parsed, or that calls a function that this engine does not have",
        "'mappings':{'call':{'inputs':{'restUrlParams':{'type':'value','value':'[]'}}}} | the input 'restUrlParams' is no JSON map",
        "'mappings':{'call':{'inputs':{'restUrlParams':{'type':'value','value':'x ${a}'}}}} | the input 'restUrlParams' is no JSON map",
        "'mappings':{'call':{'inputs':{'requestHeaders':{'type':'static_value','value':'${a}'}}}} | the input 'requestHeaders' is no JSON map",
        "'mappings':{'call':{'inputs':{'requestHeaders':{'type':'value','value':5}}}} | the input 'requestHeaders' is no JSON map",
      })
  void whenATaskCannotRunThenItsPlaceInTheFileIsSaid(String sections, String error) {
    check(sections);

    assertThat(faults.errors()).containsExactly(AT + error);
  }

  @Test
  void whenAPropertyHasAnotherTypeThanItsValueThenThatIsAnError() {
    check("'properties':{'1':{'name':'a','type':'integer','value':'x'}}");

    assertThat(faults.errors())
        .singleElement()
        .asString()
        .startsWith("e.json: process 'p': the property 'a' has ");
  }

  @Test
  void whenAPropertyHasAWrongExpressionThenThatIsAnError() {
    check("'properties':{'1':{'name':'a','type':'integer','value':'${b!}'}}");

    assertThat(faults.errors())
        .singleElement()
        .asString()
        .startsWith("e.json: process 'p': the property a has an expression that cannot be parsed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'mappings':{'call':{'inputs':{'none':{'type':'value'}}}} | the input 'none' is dropped, since GET has no such input",
        "'constants':{'call':{'requestPayload':{'value':5}}} | the input 'requestPayload' is dropped, since GET has no such input",
        "'mappings':{'call':{'outputs':{'a':{'type':'value'}}}} | the output 'a' is skipped, since the process declares no such property",
        "'properties':{'1':{'name':'a'}},'mappings':{'call':{'outputs':{'a':{'type':'variable','value':'x'}}}} | the output 'a' is skipped, since GET has no output 'x'",
      })
  void whenSomethingIsNotTakenThenThatIsAWarning(String sections, String warning) {
    check(sections);

    assertThat(faults.errors()).isEmpty();
    assertThat(faults.warnings()).containsExactly(OF_MODEL + warning);
  }

  @Test
  void whenAllOutputsAreMappedThenEachWithoutAPropertyIsSkipped() {
    check(
        "'properties':{'1':{'name':'responseHeaders'},'2':{'name':'restStatus'}},"
            + "'mappings':{'call':{'mappingType':'MAP_ALL_OUTPUTS'}}");

    assertThat(faults.warnings())
        .containsExactlyInAnyOrder(
            OF_MODEL
                + "the output 'restError' is skipped, since the process declares no such property",
            OF_MODEL
                + "the output 'restResult' is skipped, since the process declares no such property");
  }

  @Test
  void whenAMappedActivityIsNoRestTaskThenThatIsAWarning() {
    check("'mappings':{'start':{'mappingType':'MAP_ALL'}}");

    assertThat(faults.warnings())
        .containsExactly(
            "e.json: process 'p', activity 'start': its mapping is not read, since it is no REST"
                + " task");
  }

  @Test
  void whenThisNodeLacksAnAuthenticationThenThatIsAnError() {
    check(
        true,
        "'properties':{}",
        "authentications/a.json",
        "{\"name\":\"crm\"}",
        "authentications/b.json",
        "{\"name\":\"erp\"}");

    assertThat(faults.errors())
        .containsExactly(
            "authentications/b.json: wants the authentication 'erp' under"
                + " rest-connector.authentications");
  }

  @Test
  void whenThereIsATriggerThenItsExpressionsAreParsedAndARegistryIsWanted() {
    check(true, "'properties':{}", "triggers/t.json", ProjectTest.TRIGGER);
    assertThat(faults.errors()).isEmpty();

    check(
        false,
        "'properties':{}",
        "triggers/t.json",
        ProjectTest.TRIGGER.replace("\"variables\": {}", "\"variables\": {\"a\": \"${b!}\"}"));
    assertThat(faults.errors())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("triggers/t.json: its action has an expression that cannot"),
            second ->
                assertThat(second)
                    .isEqualTo(
                        "triggers/t.json: wants an event registry, which this engine lacks"));
  }
}
