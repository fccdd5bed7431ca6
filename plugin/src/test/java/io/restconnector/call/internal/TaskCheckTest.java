package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.http.AccessSettings;
import io.restconnector.http.HttpSettings;
import java.util.List;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages themselves are in {@code models/wrong.md}. */
class TaskCheckTest {

  private static TaskCheck check(RestAction action, ServiceTask task) {
    return new TaskCheck(
        action, task, new RequestReader(HttpSettings.defaults()), TestTasks::parse);
  }

  private static TaskCheck check(String task) {
    return check(RestAction.POST, TestTasks.ofText(task.replace('\'', '"')));
  }

  private static List<String> errors(TaskCheck check, @Nullable AccessSettings access) {
    return check.errors(access).stream()
        .map(fault -> fault.field() + " | " + fault.message())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeout=",
        "restUrl=https://h/x",
        "restUrl:=${base}/{a} ; restUrlParams={'a':'${b}'} ; requestHeaders={'A':['${c}',1]}",
        "restUrl=https://h ; requestPayload={'a':'${b}'} ; timeout=5 ; circuitBreaker=true",
        "restUrl=https://h ; requestPayload:=${a} ; timeout:=${b} ; outputScope=local",
        "restUrl=https://h ; outputMapping={'a':'${restResult.b}'}",
        "restUrl<-https://h/${a} ; requestPayload<=b ; poll={'max':1}",
        "restUrl=https://h ; authentication=crm",
      })
  void whenATaskCanWorkThenNothingIsFound(String task) {
    assertThat(errors(check(task), null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "`timout=5`;                          timout | timout is a field that POST does not read",
        "`timeout=x`;                         timeout | timeout is a String that holds no integer",
        "`circuitBreaker=1`;                  circuitBreaker | circuitBreaker is a String",
        "`restUrlEncoded=x`;                  restUrlEncoded | restUrlEncoded is a String",
        "`maxAttempts=0`;                     maxAttempts | maxAttempts is an Integer out of range",
        "`retryBackoff=-1`;                   retryBackoff | retryBackoff is an Integer out of range",
        "`timeout:=${a!}`;                    timeout | timeout has the expression ${a!}, which cannot be parsed",
        "`timeout:=5${a!}`;                   timeout | timeout has the expression ${a!}, which cannot be parsed",
        "`outputMapping:=${a!}`;              outputMapping | outputMapping has the expression ${a!}",
        "`restUrl=/x`;                        restUrl | restUrl is a String that is no usable URL",
        "`restUrlParams=[]`;                  restUrlParams | restUrlParams is a JSON ARRAY",
        "`restUrlParams={'a':{}}`;            restUrlParams | restUrlParams value 'a' is a JSON OBJECT",
        "`requestHeaders={'a b':1}`;          requestHeaders | requestHeaders has a name that is no HTTP token",
        "`requestHeaders={'Host':'${a}'}`;    requestHeaders | requestHeaders has 'Host'",
        "`requestHeaders={'a':'${b} #{c}'}`;  requestHeaders | requestHeaders is text that mixes ${ and #{",
        "`requestPayload=x`;                  requestPayload | requestPayload is a String that holds no JSON",
        "`requestPayload={'a':'${b!}'}`;      requestPayload | requestPayload has the expression ${b!}",
        "`requestPayload={'a':'${b} #{c}'}`;  requestPayload | requestPayload is text that mixes ${ and #{",
        "`outputMapping=[]`;                  outputMapping | outputMapping is a JSON ARRAY",
        "`outputMapping={'':1}`;              outputMapping | outputMapping is a JSON map with a name",
        "`outputMapping={'a':'${b!}'}`;       outputMapping | outputMapping has the expression ${b!}",
        "`outputMapping={'a':'${b} #{c}'}`;   outputMapping | outputMapping is text that mixes ${ and #{",
        "`outputScope=global`;                outputScope | outputScope is another String",
        "`poll={'max':1}`;                    poll | poll is a field of a delegate",
      })
  void whenAnInputCannotWorkThenThatFieldIsFoundAndNoOther(String task, String fault) {
    assertThat(errors(check(task), null)).singleElement().asString().startsWith(fault);
  }

  @Test
  void whenSeveralInputsAreWrongThenEachIsFoundOnce() {
    assertThat(
            errors(
                check(
                    "restUrl=/x ; timeout=x ; requestHeaders={'a b':1,'c d':2} ; requestPayload=x"
                        + " ; outputMapping=[] ; outputScope=a"),
                null))
        .extracting(fault -> fault.substring(0, fault.indexOf(' ')))
        .containsExactly("timeout", "requestHeaders", "restUrl", "outputMapping", "outputScope");
  }

  @Test
  void whenSeveralEntriesOfAMapAreWrongThenEachIsFound() {
    assertThat(errors(check("requestHeaders={'a b':1,'Host':2,'c':3}"), null))
        .satisfiesExactly(
            first -> assertThat(first).contains("a name that is no HTTP token"),
            second -> assertThat(second).contains("requestHeaders has 'Host'"));
    assertThat(errors(check("requestHeaders={'Content-Type':'a/b','content-type':'a/c'}"), null))
        .containsExactly(
            "requestHeaders | requestHeaders has Content-Type more than once, wanted it once");
  }

  @Test
  void whenTheActionReadsNoPayloadThenItIsNoField() {
    assertThat(errors(check(RestAction.GET, TestTasks.delegate("requestPayload={}")), null))
        .singleElement()
        .asString()
        .startsWith("requestPayload | requestPayload is a field that GET does not read");
  }

  @Test
  void whenTheNodeIsKnownThenItsAuthenticationsAre() {
    String task = "restUrl=https://h ; authentication=crm";

    assertThat(errors(check(task), AccessSettings.defaults()))
        .singleElement()
        .asString()
        .startsWith("authentication | authentication is a String that names none");
  }

  @Test
  void whenADelegateHasParametersThenEachElementIsFound() {
    ServiceTask task = TestTasks.delegate("restUrl=https://h");
    for (String name : List.of("in", "out")) {
      ExtensionElement element = new ExtensionElement();
      element.setName(name);
      task.addExtensionElement(element);
    }

    assertThat(errors(check(RestAction.GET, task), null))
        .containsExactly(
            "flowable:in | flowable:in stands at a delegate, which does not read it, wanted a field",
            "flowable:out | flowable:out stands at a delegate, which does not read it, wanted a field");
  }

  @Test
  void whenAWorkerHasOutputFieldsBesideOutParametersThenTheyAreRefused() {
    ExternalWorkerServiceTask task = TestTasks.worker("restUrl=https://h", "outputScope=local");
    assertThat(errors(check(RestAction.GET, task), null)).isEmpty();

    IOParameter out = new IOParameter();
    out.setSourceExpression("${a!}");
    out.setTarget("b");
    task.setOutParameters(List.of(out));

    assertThat(errors(check(RestAction.GET, task), null))
        .containsExactly(
            "outputScope | outputScope is a field beside flowable:out, wanted one of the two",
            "flowable:out | flowable:out has the expression ${a!}, which cannot be parsed");
  }

  @Test
  void whenAParameterOfAWorkerIsWrongThenItIsFound() {
    assertThat(errors(check("restUrI<-https://h"), null))
        .singleElement()
        .asString()
        .startsWith("flowable:in | restUrI is a target of flowable:in that POST does not read");
    assertThat(errors(check("restUrl=https://h ; poll={'max':0} ; timeout<-5"), null))
        .singleElement()
        .asString()
        .startsWith("poll | poll.max is an Integer out of range");
  }

  @Test
  void whenAHeaderHoldsACredentialThenThatIsAWarningAndNoError() {
    TaskCheck check = check("restUrl=https://h ; requestHeaders={'Authorization':'geheim'}");

    assertThat(check.errors(null)).isEmpty();
    assertThat(check.warnings())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.field()).isEqualTo("requestHeaders");
              assertThat(fault.message())
                  .startsWith("requestHeaders has 'Authorization' as a literal")
                  .doesNotContain("geheim");
            });
    assertThat(check("requestHeaders={'Authorization':'${a}'}").warnings()).isEmpty();
  }
}
