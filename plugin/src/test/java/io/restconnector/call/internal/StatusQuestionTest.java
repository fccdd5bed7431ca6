package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.fixtures.TestRequests;
import io.restconnector.spi.RestRequest;
import io.restconnector.spi.RetrySettings;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusQuestionTest {

  private static final StatusQuestion QUESTION =
      new StatusQuestion(URI.create("https://h/status?a=%7B%7D"));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "restUrl, https://h/status?a=%7B%7D",
        "restUrlEncoded, false",
        "restUrlParams, -",
        "requestPayload, -",
        "requestHeaders, of the task",
        "timeout, of the task"
      })
  void whenInputsAreAskedThenTheUrlIsThatOfTheStatus(String name, Object value) throws Exception {
    Inputs inputs = new Inputs(QUESTION.inputs(asked -> new Inputs.Input("of the task", null)));

    Object raw = inputs.raw(name);
    assertThat(raw == null ? null : raw.toString()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type",
        "content-language",
        "If-Match",
        "IF-NONE-MATCH",
        "Idempotency-Key",
        "Range",
        "Expect",
        "Prefer"
      })
  void whenAHeaderIsAboutTheFirstRequestThenTheQuestionLacksIt(String name) {
    assertThat(headers(name, "X-Kept")).containsExactly("X-Kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept", "Authorization", "Contentment", "Iffy", "Preference"})
  void whenAHeaderIsAboutTheCallerThenTheQuestionHasIt(String name) {
    assertThat(headers(name)).containsExactly(name);
  }

  private static List<String> headers(String... names) {
    List<Header> headers =
        Arrays.stream(names).map(name -> (Header) new BasicHeader(name, "v")).toList();
    return QUESTION
        .request(TestRequests.request("POST", "https://h/status", headers, new byte[1]))
        .headers()
        .stream()
        .map(Header::getName)
        .toList();
  }

  @Test
  void whenAQuestionIsAskedThenItIsAGetWithoutABodyAndElseTheRequest() {
    RestRequest read =
        TestRequests.as(
            "crm",
            TestRequests.guarded(
                TestRequests.retried(
                    RetrySettings.defaults().withMaxAttempts(3),
                    TestRequests.request("PATCH", "https://h/s", List.of(), new byte[1]))));

    RestRequest question = QUESTION.request(read);

    assertThat(question.method()).isEqualTo("GET");
    assertThat(question.body()).isNull();
    assertThat(question)
        .usingRecursiveComparison()
        .ignoringFields("method", "body")
        .isEqualTo(read);
  }
}
