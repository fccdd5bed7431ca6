package io.restconnector.project.internal;

import static io.restconnector.project.internal.ProjectResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedValueTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'variable','value':'a'}               | '${a}'",
        "{'type':'VARIABLE','value':'a'}               | '${a}'",
        "{'type':'value','value':{'a':'${b}'}}         | {'a':'${b}'}",
        "{'type':'static_value','value':'a${b}#{c}'}   | 'a\\\\${b}\\\\#{c}'",
        "{'type':'static_value','value':['${b}',{'c':'#{d}','e':5}]} | ['\\\\${b}',{'c':'\\\\#{d}','e':5}]",
        "{'type':'static_value','value':null}          | null",
        "{'type':'other','value':'a'}                  | {'type':'other','value':'a'}",
        "{'type':'jsonpatch','value':'a'}              | {'type':'jsonpatch','value':'a'}",
        "{'type':'value','value':'a','x':1}            | {'type':'value','value':'a','x':1}",
        "{'value':'a'}                                 | {'value':'a'}",
        "'${a}'                                        | '${a}'",
        "['type','value']                              | ['type','value']",
      })
  void whenAValueHasTheTypeOfAMappingThenItIsThatAsATemplate(String value, String template) {
    assertThat(MappedValue.template(json(value))).isEqualTo(json(template));
  }
}
