package io.restconnector.project.internal;

import static io.restconnector.project.internal.ProjectResources.files;
import static io.restconnector.project.internal.ProjectResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionsReaderTest {

  private final Faults faults = new Faults();

  private Map<String, ProcessExtensions> read(String... namesAndTexts) {
    return new ExtensionsReader(faults).read(files(namesAndTexts));
  }

  /** What one process has in these sections. */
  private ProcessExtensions one(String sections) {
    return Objects.requireNonNull(read("f", "{'extensions':{'p':{" + sections + "}}}").get("p"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'extensions':{'properties':{}}}          | true",
        "{'extensions':{'p':{'mappings':{}}}}      | true",
        "{'extensions':{'x':5,'p':{'constants':{}}}} | true",
        "{'extensions':{'templates':{}}}           | true",
        "{'extensions':{'properties':[]}}          | false",
        "{'extensions':{'p':{'other':{}}}}         | false",
        "{'extensions':{}}                         | false",
        "{'extensions':[]}                         | false",
        "{'properties':{}}                         | false",
        "[]                                        | false",
      })
  void whenAFileHasSectionsThenItIsOneOfExtensions(String text, boolean isExtensions) {
    assertThat(ExtensionsReader.isExtensions(json(text))).isEqualTo(isExtensions);
  }

  @Test
  void whenFilesHaveEitherFormThenEachProcessHasItsOwn() {
    Map<String, ProcessExtensions> processes =
        read(
            "a", "{'extensions':{'p':{'properties':{}},'q':{'properties':{}}}}",
            "b", "{'id':'r','extensions':{'properties':{}}}",
            "c", "{'other':1}");

    assertThat(processes).containsOnlyKeys("p", "q", "r");
    assertThat(Objects.requireNonNull(processes.get("p")).isOlder()).isFalse();
    assertThat(Objects.requireNonNull(processes.get("r")).isOlder()).isTrue();
    assertThat(Objects.requireNonNull(processes.get("r")).file()).isEqualTo("b");
  }

  @Test
  void whenAProcessIsInTwoFilesThenTheFirstCounts() {
    Map<String, ProcessExtensions> processes =
        read(
            "a", "{'extensions':{'p':{'properties':{}}}}",
            "b", "{'extensions':{'p':{'properties':{}}}}");

    assertThat(Objects.requireNonNull(processes.get("p")).file()).isEqualTo("a");
    assertThat(faults.errors())
        .containsExactly(
            "b: process 'p': its extensions are also in a, wanted one file for a process");
  }

  @Test
  void whenPropertiesAreReadThenEachHasAName() {
    assertThat(
            one("'properties':{'1':{'name':' a ','type':'integer','value':5},'2':{'name':'b'},"
                    + "'3':{'type':'string'}}")
                .properties())
        .containsOnlyKeys("a", "b")
        .containsEntry("a", new Property("a", "integer", json("5")))
        .containsEntry("b", new Property("b", "string", json("null")));
    assertThat(faults.errors()).containsExactly("f: process 'p': a property has no name");
  }

  @Test
  void whenConstantsAreReadThenTheyAreValues() {
    assertThat(one("'constants':{'t':{'a':{'value':5},'b':'x','c':{}}}").constants())
        .containsOnlyKeys("t")
        .hasEntrySatisfying(
            "t",
            constants -> {
              assertThat(constants).containsEntry("a", json("5")).containsEntry("b", json("'x'"));
              assertThat(Objects.requireNonNull(constants.get("c")).isMissingNode()).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "MAP_ALL, true, true",
    "map_all_inputs, true, false",
    "Map_All_Outputs, false, true",
    "'', false, false"
  })
  void whenAMappingTypeIsGivenThenItSaysWhatIsMappedByName(
      String type, boolean inputs, boolean outputs) {
    ActivityMapping mapping =
        Objects.requireNonNull(
            one("'mappings':{'t':{'mappingType':'" + type + "'}}").mappings().get("t"));

    assertThat(mapping).isEqualTo(new ActivityMapping(inputs, outputs, Map.of(), Map.of()));
    assertThat(faults.errors()).isEmpty();
  }

  @Test
  void whenAMappingTypeIsNoneThenThatIsSaid() {
    one("'mappings':{'t':{'mappingType':'MAP_NONE'}}");

    assertThat(faults.errors())
        .containsExactly(
            "f: process 'p', activity 't': its mappingType is none, wanted MAP_ALL, MAP_ALL_INPUTS,"
                + " MAP_ALL_OUTPUTS or nothing");
  }

  @Test
  void whenValuesAreMappedThenEachHasItsKind() {
    ActivityMapping mapping =
        Objects.requireNonNull(
            one("'mappings':{'t':{'inputs':{'a':{'type':'value','value':1},"
                    + "'b':{'type':'VARIABLE','value':'v'},'c':{'type':'static_value'}},"
                    + "'outputs':{'d':{'type':'jsonpatch','value':[]}}}}")
                .mappings()
                .get("t"));

    assertThat(mapping.inputs())
        .containsEntry("a", new Mapping(Mapping.Kind.VALUE, json("1")))
        .containsEntry("b", new Mapping(Mapping.Kind.VARIABLE, json("'v'")))
        .containsOnlyKeys("a", "b", "c");
    assertThat(mapping.outputs())
        .containsOnlyKeys("d")
        .containsEntry("d", new Mapping(Mapping.Kind.JSONPATCH, json("[]")));
    assertThat(faults.errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'inputs':{'a':{'type':'x'}}} | the input 'a' has a type of mapping that there is not, wanted value, variable, static_value",
        "{'inputs':{'a':{'type':'jsonpatch','value':[]}}} | the input 'a' has a type of mapping that there is not, wanted value, variable, static_value",
        "{'outputs':{'a':{}}} | the output 'a' has a type of mapping that there is not, wanted value, variable, static_value, JSONPATCH",
        "{'inputs':{'a':{'type':'variable'}}} | the input 'a' names no variable, wanted a name",
        "{'outputs':{'a':{'type':'variable','value':5}}} | the output 'a' names no variable, wanted a name",
      })
  void whenAMappingCannotBeThenItIsLeftOutAndItsPlaceIsSaid(String mapping, String said) {
    ActivityMapping read =
        Objects.requireNonNull(one("'mappings':{'t':" + mapping + "}").mappings().get("t"));

    assertThat(read).isEqualTo(ActivityMapping.NONE);
    assertThat(faults.errors()).containsExactly("f: process 'p', activity 't': " + said);
  }

  @Test
  void whenAPatchIsNoneThenItIsLeftOut() {
    one("'mappings':{'t':{'outputs':{'a':{'type':'jsonpatch','value':{}}}}}");

    assertThat(faults.errors())
        .singleElement()
        .asString()
        .startsWith("f: process 'p', activity 't': the output 'a' is no JSON Patch (RFC 6902): ");
  }

  @Test
  void whenASectionIsNotReadThenThatIsAWarningUnlessItIsEmpty() {
    one("'assignments':{'t':{'a':1},'u':{}},'templates':{'default':{},'tasks':{'a':1}}");

    assertThat(faults.warnings())
        .containsExactlyInAnyOrder(
            "f: process 'p': assignments of 't' are not read",
            "f: process 'p': templates of 'tasks' are not read");
  }
}
