package io.restconnector.project.internal;

import static io.restconnector.project.internal.ProjectResources.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationsTest {

  private final Faults faults = new Faults();

  @Test
  void whenFilesAreReadThenTheFirstOfANameCounts() {
    assertThat(
            Authentications.read(
                files("a", "{'name':' crm '}", "b", "{'name':'crm'}", "c", "{'name':'erp'}"),
                faults))
        .containsExactly(entry("crm", "a"), entry("erp", "c"));
    assertThat(faults.errors())
        .containsExactly("b: the authentication 'crm' is also in a, wanted one of a name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{'name':' '}", "{'name':null}"})
  void whenAFileHasNoNameThenItIsNone(String text) {
    assertThat(Authentications.read(files("a", text), faults)).isEmpty();
    assertThat(faults.errors())
        .containsExactly("a: the file is no authentication, wanted an object with a name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'password':'geheim'",
        "'PassPhrase':'geheim'",
        "'clientSecret':5",
        "'accessToken':'geheim'",
        "'api_key':'geheim'",
        "'privateKey':'geheim'",
        "'config':[{'name':'client-secret','value':'geheim'}]",
        "'config':{'deep':{'credentials':'geheim'}}",
        "'list':[[{'token':'geheim'}]]",
      })
  void whenAFileHasASecretThenThatIsAWarningWithoutIt(String property) {
    Authentications.read(files("a", "{'name':'crm'," + property + "}"), faults);

    assertThat(faults.warnings())
        .singleElement()
        .asString()
        .startsWith("a: the file has a secret")
        .endsWith("wanted it under rest-connector.authentications.crm")
        .doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'tokenUrl':'x'",
        "'token_endpoint':'x'",
        "'secretId':'x'",
        "'tokenType':'x'",
        "'password':''",
        "'password':null",
        "'password':true",
        "'password':'${vault.secret}'",
        "'user':'x'",
        "'config':[{'name':'secret','value':''}]",
        "'config':[{'name':'user','value':'x'}]",
      })
  void whenAFileHasNoSecretThenNothingIsSaid(String property) {
    Authentications.read(files("a", "{'name':'crm'," + property + "}"), faults);

    assertThat(faults.warnings()).isEmpty();
  }

  @Test
  void whenThisNodeLacksANameThenTheFileThatWantsItIsSaid() {
    Authentications.check(
        new TreeMap<>(Map.of("crm", "a", "erp", "b")), Set.of("crm", "other"), faults);

    assertThat(faults.errors())
        .containsExactly("b: wants the authentication 'erp' under rest-connector.authentications");
  }
}
