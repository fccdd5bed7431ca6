package io.restconnector.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an editor accepts as the action of a trigger. */
class ActionSchemaTest {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(ActionSchema.text());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'type': 'none'} | true",
        "{'type': 'none', 'name': 'n'} | false",
        "{} | false",
        "{'type': 'other'} | false",
        "{'type': 'startProcess'} | false",
        "{'type': 'startProcess', 'processDefinitionKey': ' '} | false",
        "{'type': 'startProcess', 'processDefinitionKey': 'p'} | true",
        "{'type': 'startProcess', 'processDefinitionKey': 'p', 'name': 'n', 'businessKey': '', 'variables': {}} | true",
        "{'type': 'startProcess', 'processDefinitionKey': 'p', 'variables': []} | false",
        "{'type': 'startProcess', 'processDefinitionKey': 'p', 'correlationKey': 'c'} | false",
        "{'type': 'startMessage', 'name': 'n', 'businessKey': 'b', 'variables': {}} | true",
        "{'type': 'startMessage', 'businessKey': 'b'} | false",
        "{'type': 'startMessage', 'name': 'n', 'businessKey': 5} | false",
        "{'type': 'message', 'name': 'n'} | false",
        "{'type': 'message', 'name': 'n', 'correlationKey': 'c', 'variables': {}} | true",
        "{'type': 'message', 'name': 'n', 'correlationKey': 'c', 'businessKey': 'b'} | false",
        "{'type': 'signal', 'name': 'n', 'variables': {'a': 1}} | true",
        "{'type': 'signal', 'name': 'n', 'correlationKey': 'c'} | false",
        "{'type': 'signal'} | false",
      })
  void whenAnActionHasWhatItsTypeWantsAndNothingElseThenItIsAccepted(
      String action, boolean isAccepted) {
    assertThat(SCHEMA.validate(action.replace('\'', '"'), InputFormat.JSON).isEmpty())
        .isEqualTo(isAccepted);
  }
}
