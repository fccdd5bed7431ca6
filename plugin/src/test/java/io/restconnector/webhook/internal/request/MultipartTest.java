package io.restconnector.webhook.internal.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7578. */
class MultipartTest {

  private static final String FIELD = "Content-Disposition: form-data; name=";

  private static Map<String, Object> parse(String body) throws RefusedException {
    return Multipart.parse(body.replace("\n", "\r\n").getBytes(ISO_8859_1), "b");
  }

  @Test
  void whenPartsAreFieldsThenTheyAreTextAndSeveralOfANameAList() throws Exception {
    assertThat(
            parse(
                "preamble\n--b\n"
                    + FIELD
                    + "a\n\none\n--b\n"
                    + FIELD
                    + "a\n\n\n--b\n"
                    + FIELD
                    + "c\n\nb--\n--b--\nepilogue"))
        .isEqualTo(Map.of("a", List.of("one", ""), "c", "b--"));
  }

  @Test
  void whenAPartHasAFileNameThenItIsAFile() throws Exception {
    assertThat(
            parse(
                "--b\n"
                    + FIELD
                    + "f; filename=x\n\nhi\n--b\n"
                    + FIELD
                    + "g; filename=y\nContent-Type: text/csv\n\n\n--b--"))
        .isEqualTo(
            Map.of(
                "f",
                Map.of(
                    "filename", "x", "contentType", "application/octet-stream", "base64", "aGk="),
                "g",
                Map.of("filename", "y", "contentType", "text/csv", "base64", "")));
  }

  @Test
  void whenAPartOrTheFormNamesACharsetThenItsBytesAreText() throws Exception {
    assertThat(
            parse(
                "--b\n"
                    + FIELD
                    + "_charset_\n\niso-8859-1\n--b\n"
                    + FIELD
                    + "a\n\nü\n--b\n"
                    + FIELD
                    + "u\nContent-Type: text/plain; charset=utf-8\n\nÃ¼\n--b\n"
                    + FIELD
                    + "n\nContent-Type: text/plain; charset=utf-8\n\nü\n--b--"))
        .containsEntry("a", "ü")
        .containsEntry("u", "ü")
        .containsEntry("n", "/A=="); // not in its charset
    assertThat(parse("--b\n" + FIELD + "_charset_\n\nnone\n--b\n" + FIELD + "a\n\nÃ¼\n--b--"))
        .containsEntry("a", "ü");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b",
        "--b\n",
        "--b\nContent-Type: a/b\n\nx\n--b--",
        "--b\nContent-Disposition: form-data; name=a\n\nx",
        "--b\nContent-Disposition: form-data; name=a\n--b--",
        "--bx\nContent-Disposition: form-data; name=a\n\nx\n--b--"
      })
  void whenABodyIsNoMultipartThenItIsRefused(String body) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The body is not the multipart that its Content-Type says.");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "")
  void whenThereIsNoBoundaryThenTheBodyIsRefused(@Nullable String boundary) {
    assertThatThrownBy(() -> Multipart.parse(new byte[0], boundary))
        .isInstanceOf(RefusedException.class);
  }
}
