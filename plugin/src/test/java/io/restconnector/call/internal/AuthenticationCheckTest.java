package io.restconnector.call.internal;

import static io.restconnector.call.internal.TestTasks.ofText;
import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.AuthenticationSettings;
import io.restconnector.http.HttpSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationCheckTest {

  private static final AccessSettings ACCESS =
      AccessSettings.defaults()
          .withAuthentications(
              Map.of(
                  "any", AuthenticationSettings.bearer("s"),
                  "erp", AuthenticationSettings.bearer("s").withHosts(List.of("*.example.com")),
                  "clear", AuthenticationSettings.bearer("s").withHosts(List.of("http://erp:80"))));

  private static AuthenticationCheck check(RestAction action, String task) {
    return new AuthenticationCheck(
        new Probe(
            action,
            TestTasks.inputs(ofText(task)),
            new RequestReader(HttpSettings.defaults().withAccess(ACCESS))));
  }

  private static @Nullable String refusal(String task, String... wrong) {
    return check(RestAction.GET, task).refusal(ACCESS, Set.of(wrong));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restUrl=https://h/",
        "authentication:=${none}",
        "authentication=any",
        "authentication=erp",
        "authentication=clear",
        "authentication=clear ; restUrl=http://erp/x",
        "authentication=erp ; restUrl=https://a.example.com/x",
        "authentication=erp ; restUrl:=https://${host}/x",
        "authentication=any ; requestHeaders={\"X-A\":\"b\"}",
        "authentication=any ; requestHeaders:=${headers}",
      })
  void whenTheNodeHasTheAuthenticationThenItIsFine(String task) {
    assertThat(refusal(task)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authentication=crm                                          | names none, wanted one of [any, clear, erp]",
        "authentication=erp ; restUrl=https://example.org/           | may not be sent to the scheme, host and port",
        "authentication=clear ; restUrl=https://h/                   | may not be sent to the scheme, host and port",
        "authentication=any ; requestHeaders={\"authorization\":\"x\"}  | requestHeaders has 'authorization'",
      })
  void whenTheRuntimeWouldRefuseItThenItsMessageIsGiven(String task, String said) {
    assertThat(refusal(task)).contains(said);
  }

  @Test
  void whenOtherInputsAreWrongByThemselvesThenTheAuthenticationIsNotBlamed() {
    assertThat(refusal("authentication=erp ; restUrl=https://example.org/", "restUrl")).isNull();
    assertThat(
            refusal(
                "authentication=any ; requestHeaders={\"authorization\":\"x\"}", "requestHeaders"))
        .isNull();
  }

  @Test
  void whenNobodyKnowsTheNodeThenOnlyTraceIsRefused() {
    assertThat(check(RestAction.GET, "authentication=crm").refusal(null, Set.of())).isNull();
    assertThat(check(RestAction.TRACE, "authentication=crm").refusal(null, Set.of()))
        .isEqualTo(AuthenticationInput.NOT_ON_TRACE);
    assertThat(check(RestAction.TRACE, "authentication:=${a}").refusal(null, Set.of())).isNull();
    assertThat(check(RestAction.TRACE, "authentication=any").refusal(ACCESS, Set.of()))
        .isEqualTo(AuthenticationInput.NOT_ON_TRACE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Authorization':'x','COOKIE':'x','X-API-Key':'x','api-key':'x'} | Authorization,COOKIE,X-API-Key,api-key",
        "{'X-Csrf-TOKEN':'x','my-secret':5,'Accept':'x','X-Key':'x'}      | X-Csrf-TOKEN,my-secret",
        "{'Cookie':['${a}','x']}                                          | Cookie",
        "{'Cookie':['${a}'],'Authorization':'Bearer ${a}'}                | ``",
        "{'Cookie':'','Authorization':null,'api-key':[]}                  | ``",
      })
  void whenAHeaderHoldsACredentialAsALiteralThenItIsNamed(String headers, String names) {
    assertThat(
            String.join(
                ",",
                check(RestAction.GET, "requestHeaders=" + headers.replace('\'', '"'))
                    .literalCredentials()))
        .isEqualTo(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout=1", "requestHeaders:=${a}", "requestHeaders=no JSON"})
  void whenTheModelHasNoHeadersThenNoneHoldsACredential(String task) {
    assertThat(check(RestAction.GET, task).literalCredentials()).isEmpty();
  }
}
