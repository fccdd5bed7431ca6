package io.restconnector.httptask.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.http.common.api.HttpRequest;
import org.flowable.http.common.api.MultiValuePart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskBodyTest {

  private static HttpRequest post() {
    HttpRequest task = new HttpRequest();
    task.setMethod("POST");
    return task;
  }

  private static TaskBody of(HttpRequest task) {
    return Objects.requireNonNull(TaskBody.of(task, HttpMultipartMode.STRICT));
  }

  private static String text(TaskBody body) {
    return new String(body.bytes(), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, true",
    "PUT, true",
    "PATCH, true",
    "DELETE, true",
    "GET, false",
    "HEAD, false",
    "OPTIONS, false"
  })
  void whenAMethodSendsNoneThenThereIsNoBody(String method, boolean hasBody) {
    HttpRequest task = post();
    task.setMethod(method);
    assertThat(TaskBody.of(task, HttpMultipartMode.STRICT)).isNull();

    task.setBody("a");
    assertThat(TaskBody.of(task, HttpMultipartMode.STRICT) != null).isEqualTo(hasBody);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '`',
      value = {
        "-          | text/plain; charset=UTF-8      | \u00c3\u00a4",
        "``         | text/plain; charset=UTF-8      | \u00c3\u00a4",
        "UTF-8      | text/plain; charset=UTF-8      | \u00c3\u00a4",
        "iso-8859-1 | text/plain; charset=ISO-8859-1 | \u00e4",
      })
  void whenThereIsTextThenItIsInItsEncoding(@Nullable String encoding, String type, String bytes) {
    HttpRequest task = post();
    task.setBody("\u00e4");
    if (encoding != null) {
      task.setBodyEncoding(encoding);
    }

    assertThat(of(task).contentType()).isEqualTo(type);
    assertThat(text(of(task))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such", "\u00e4 b"})
  void whenTheEncodingIsNoneThenThatIsSaid(String encoding) {
    HttpRequest text = post();
    text.setBody("a");
    text.setBodyEncoding(encoding);
    HttpRequest form = post();
    form.addFormParameter("a", "b");
    form.setBodyEncoding(encoding);

    for (HttpRequest task : new HttpRequest[] {text, form}) {
      assertThatExceptionOfType(FlowableIllegalArgumentException.class)
          .isThrownBy(() -> of(task))
          .withMessage(
              "requestBodyEncoding of an http task is no charset of this JVM, wanted one such as UTF-8");
    }
  }

  @Test
  void whenThereIsAFormThenItsFieldsAreInTheirOrderAndCharset() {
    HttpRequest task = post();
    task.addFormParameter("b", "1 &");
    task.addFormParameter("a", "\u00e4");
    task.addFormParameter("b", "2");
    task.setBodyEncoding("ISO-8859-1");

    assertThat(of(task).contentType())
        .isEqualTo("application/x-www-form-urlencoded; charset=ISO-8859-1");
    assertThat(text(of(task)).split("&"))
        .containsExactlyInAnyOrder("b=1+%26", "b=2", "a=%E4")
        .containsSubsequence("b=1+%26", "b=2");

    HttpRequest utf8 = post();
    utf8.addFormParameter("a", "\u00e4");
    assertThat(text(of(utf8))).isEqualTo("a=%C3%A4");
  }

  @Test
  void whenThereArePartsThenEachHasItsType() {
    HttpRequest task = post();
    task.addMultiValuePart(MultiValuePart.fromText("t", "x"));
    task.addMultiValuePart(MultiValuePart.fromFile("u", new byte[] {'y'}, null, "text/csv"));
    task.addMultiValuePart(MultiValuePart.fromFile("f", new byte[] {'z'}, "f.bin"));
    task.addMultiValuePart(MultiValuePart.fromFile("g", new byte[] {'w'}, "g.png", "image/png"));
    task.addMultiValuePart(MultiValuePart.fromFile("h", new byte[] {'v'}, "h", " "));

    assertThat(of(task).contentType()).startsWith("multipart/form-data; ");
    assertThat(text(of(task)))
        .containsPattern("name=\"t\"\r\nContent-Type: text/plain; charset=UTF-8\r\n[^x]*x\r\n")
        .containsPattern("name=\"u\"\r\nContent-Type: text/csv\r\n[^y]*y\r\n")
        .containsPattern(
            "name=\"f\"; filename=\"f.bin\"\r\nContent-Type: application/octet-stream\r\n[^z]*z\r\n")
        .containsPattern("name=\"g\"; filename=\"g.png\"\r\nContent-Type: image/png\r\n[^w]*w\r\n")
        .containsPattern("name=\"h\"; filename=\"h\"\r\nContent-Type: application/octet-stream");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, STRICT",
        "strict, STRICT",
        "BROWSER_COMPATIBLE, LEGACY",
        "Legacy, LEGACY",
        "extended, EXTENDED"
      })
  void whenAModeIsNamedThenItIsThatOne(@Nullable String name, HttpMultipartMode mode) {
    assertThat(TaskBody.mode(name)).isEqualTo(mode);
  }

  @Test
  void whenAModeIsNoneThenItIsRefused() {
    assertThatExceptionOfType(FlowableIllegalArgumentException.class)
        .isThrownBy(() -> TaskBody.mode("other"))
        .withMessageStartingWith("Unsupported multipart mode: other, wanted STRICT");
  }
}
