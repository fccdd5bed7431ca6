package io.restconnector.call.internal;

import static io.restconnector.call.internal.TestTasks.ofText;
import static io.restconnector.call.internal.TestTasks.probe;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadCheckTest {

  private static PayloadCheck check(String task) {
    return new PayloadCheck(probe(RestAction.POST, ofText(task.replace('\'', '"'))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "requestPayload={'a':'${b}'}                                                          | true",
        "requestPayload=[1] ; requestHeaders={'Accept':'text/plain'}                          | true",
        "requestPayload=[1] ; requestHeaders={'content-type':'a/b+json'}                      | true",
        "requestPayload=[1] ; requestHeaders={'Content-Type':'text/plain'}                    | false",
        "requestPayload=[1] ; requestHeaders={'Content-Type':['a/b+json','a/b']}              | false",
        "requestPayload=[1] ; requestHeaders={'Content-Type':'${a}'}                          | false",
        "requestPayload=[1] ; requestHeaders={'Content-Type':5}                               | false",
        "requestPayload=[1] ; requestHeaders:=${a}                                            | false",
        "requestPayload={'a':'${b} #{c}'}                                                     | false",
        "requestPayload:={'a':1}                                                              | false",
        "requestPayload=text                                                                  | false",
        "timeout=1                                                                            | false",
      })
  void whenATemplateIsSentAsJsonThenItNeedNotBeWritten(String task, boolean isJson) {
    assertThat(check(task).isJson()).isEqualTo(isJson);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeout=1",
        "requestPayload:=${a}",
        "requestPayload={'a':'${b}'}",
        "requestPayload=<a/>",
        "requestPayload=a=b",
        "requestPayload=text ; requestHeaders={'Content-Type':'text/plain'}",
        "requestPayload=text ; requestHeaders={'Content-Type':'${a}'}",
        "requestPayload=text ; requestHeaders:=${a}",
        "requestPayload=text ; requestHeaders=no JSON",
        "requestPayload=AP8= ; requestHeaders={'Content-Type':'image/png'}",
        "requestPayload={'a':{'base64':'${b}'}} ; requestHeaders={'Content-Type':'multipart/form-data'}",
        "requestPayload={'a':{'base64':'','contentType':'${b}'}} ; requestHeaders={'Content-Type':'multipart/form-data'}",
      })
  void whenAPayloadFitsSomeTypeThatTheTaskMayHaveThenItIsNotRefused(String task) {
    assertThat(check(task).refusal()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "requestPayload=text                                                  | holds no JSON",
        "requestPayload={'a':<b>}                                             | holds no JSON",
        "requestPayload='a=b                                                  | holds no JSON",
        "requestPayload=<a/> ; timeout<-1                                     | holds no JSON",
        "requestPayload=<a/> ; requestHeaders={}                              | holds no JSON",
        "requestPayload=<a/> ; requestHeaders={'Content-Type':null}           | holds no JSON",
        "requestPayload=<a/> ; requestHeaders={'Content-Type':'a/b+json'}     | holds no JSON",
        "requestPayload=a! ; requestHeaders={'Content-Type':'image/png'}      | no base64",
        "requestPayload=[1] ; requestHeaders={'Content-Type':'multipart/form-data'} | a JSON ARRAY",
        "requestPayload=<${a}> ; requestHeaders={'Content-Type':'text/plain'} | wanted flowable:expression",
      })
  void whenAPayloadFitsNoTypeThenItIsRefusedAsTheRuntimeDoes(String task, String said) {
    assertThat(check(task).refusal()).startsWith("requestPayload is ").contains(said);
  }

  @Test
  void whenTheTypeIsOfAVariableThenWhatIsSaidIsNotThatItIsNoJson() {
    assertThat(check("requestPayload=<${a}>").refusal())
        .startsWith("requestPayload is ")
        .doesNotContain("JSON");
  }

  @Test
  void whenTheModelHasThePayloadThenItIsLikely() throws Exception {
    assertThat(Objects.requireNonNull(check("requestPayload=a").likely()).value()).isEqualTo("a");
    assertThat(new Inputs(name -> check("requestPayload:=a=${b}").likely()).raw("requestPayload"))
        .isEqualTo("a=data/aaa");
    assertThat(check("requestPayload:=${a}").likely()).isNull();
    assertThat(check("timeout=1").likely()).isNull();
  }
}
