package io.restconnector.webhook.internal.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.content.internal.MediaType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a body by its Content-Type. */
class RequestBodyTest {

  private static final String XML = "<?xml version=\"1.0\" encoding=\"%s\"?><a>é€</a>";

  static Stream<Arguments> bodies() {
    Charset utf16 = StandardCharsets.UTF_16LE;
    return Stream.of(
        of("application/json", "{\"a\":[1]}", UTF_8, "{\"a\":[1]}"),
        of("text/json", "{\"a\":1}", UTF_8, "{\"a\":1}"),
        of("application/vnd.api+json; charset=utf-8", "[1]", UTF_8, "[1]"),
        of("application/x-amz-json-1.1", "{}", UTF_8, "{}"),
        of("application/json", "99999999999999.99", UTF_8, "99999999999999.99"),
        of("application/json", "\ufeff[\"é\"]", UTF_8, "[\"é\"]"),
        of("application/json; charset=iso-8859-1", "[\"é\"]", ISO_8859_1, "[\"é\"]"),
        of("application/json", "\ufeff[1]", utf16, "[1]"),
        of("text/plain", "é", UTF_8, "é"),
        of("text/plain; charset=ISO-8859-1", "é", ISO_8859_1, "é"),
        of("text/plain", "\ufeffé", UTF_8, "é"),
        of("text/plain; charset=\"utf-8\"", "é", UTF_8, "é"),
        of("TEXT/CSV; header=present", "a;b", UTF_8, "a;b"),
        of("application/x-ndjson", "{}\n{}", UTF_8, "{}\n{}"),
        of("application/jsonl", "{}", UTF_8, "{}"),
        of("application/json-seq", "\u001e{}", UTF_8, "\u001e{}"),
        of("application/yaml", "a: é", UTF_8, "a: é"),
        of("application/vnd.oai.openapi+yaml", "a", UTF_8, "a"),
        of("application/jwt", "a.b.c", UTF_8, "a.b.c"),
        of("application/secevent+jwt", "a.b.c", UTF_8, "a.b.c"),
        of("application/graphql", "{a}", UTF_8, "{a}"),
        of("application/edifact", "UNA", UTF_8, "UNA"),
        of("application/toml", "a=1", UTF_8, "a=1"),
        of("application/xml", XML.formatted("UTF-8"), UTF_8, XML.formatted("UTF-8")),
        of(
            "text/xml",
            XML.formatted("windows-1252"),
            Charset.forName("windows-1252"),
            XML.formatted("windows-1252")),
        of(
            "application/soap+xml",
            XML.formatted("ISO-8859-15"),
            Charset.forName("ISO-8859-15"),
            XML.formatted("ISO-8859-15")),
        of(
            "text/xml; charset=utf-8",
            XML.formatted("ISO-8859-1"),
            UTF_8,
            XML.formatted("ISO-8859-1")),
        of("text/xml", "\ufeff" + XML.formatted("UTF-16"), utf16, XML.formatted("UTF-16")),
        of("text/xml", XML.formatted("UTF-16LE"), utf16, XML.formatted("UTF-16LE")),
        of(null, "{\"a\":99999999999999.99}", UTF_8, "{\"a\":99999999999999.99}"),
        of(null, " \n[1]", UTF_8, "[1]"),
        of("", "[1]", UTF_8, "[1]"),
        of(null, "5", UTF_8, "5"),
        of(null, "{é", UTF_8, "{é"),
        of(null, "{\"a\":1,\"a\":2}", UTF_8, "{\"a\":1,\"a\":2}"),
        of(null, "é", UTF_8, "é"),
        of(null, "é", ISO_8859_1, "6Q=="),
        of(null, "a\u0000b", UTF_8, "YQBi"),
        of("application/octet-stream", "é", UTF_8, "w6k="),
        of("image/png", "{}", UTF_8, "e30="),
        of("application/pdf", "a", UTF_8, "YQ=="));
  }

  private static Arguments of(
      @Nullable String type, String text, Charset charset, String expected) {
    return Arguments.of(type, text.getBytes(charset), expected);
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("bodies")
  void whenABodyHasATypeThenItIsWhatTheTypeSays(@Nullable String type, byte[] body, String expected)
      throws RefusedException {
    RequestBody parsed = RequestBody.parse(body, MediaType.parse(type));

    assertThat(parsed.value()).hasToString(expected);
    assertThat(RequestBody.parse(new byte[0], MediaType.parse(type)).value()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/json                    | {\"a\":1,\"a\":2}      | duplicate key",
        "application/json                    | {\"a\":{\"b\":1,\"b\":1}} | duplicate key",
        "application/json                    | {\"a\":                | it is malformed",
        "application/json                    | [1] [2]                | it is malformed",
        "application/json                    | {'a':1}                | it is malformed",
        "application/json                    | [NaN]                  | it is malformed",
        "application/json                    | `  `                   | it is empty",
        "application/json                    | [\"é\"]                | not UTF-8",
        "text/plain                          | é                      | not UTF-8",
        "text/plain; charset=us-ascii        | é                      | US-ASCII",
        "application/json; charset=utf-16    | [1]                    | UTF-16",
        "text/plain; charset=none            | a                      | charset of the body is not known",
        "text/plain; charset='utf-8'         | a                      | charset of the body is not known",
        "application/x-www-form-urlencoded   | a=%zz                  | broken percent-encoding",
        "application/x-www-form-urlencoded   | a=%\u00ef\u00bc\u0091\u00ef\u00bc\u0091 | broken percent-encoding",
        "application/x-www-form-urlencoded   | a=%4                   | broken percent-encoding",
        "application/x-www-form-urlencoded   | a=%+4                  | broken percent-encoding",
        "application/x-www-form-urlencoded   | a=%E9                  | not UTF-8",
        "multipart/form-data                 | a                      | multipart",
        "multipart/form-data; boundary=x     | --x                    | multipart"
      })
  void whenABodyIsNotWhatItsTypeSaysThenTheDetailNamesTheKindAndNoValue(
      String type, String body, String detail) {
    assertThatThrownBy(() -> RequestBody.parse(body.getBytes(ISO_8859_1), MediaType.parse(type)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(detail);
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        part("name=\"a\"", null, "é", UTF_8, "é"),
        part("name=\"a\"", "text/plain; charset=ISO-8859-1", "é", ISO_8859_1, "é"),
        part(
            "name=a",
            "text/plain; charset=windows-1252",
            "€",
            Charset.forName("windows-1252"),
            "€"),
        part(
            "name=\"a\"",
            "text/xml",
            XML.formatted("ISO-8859-15"),
            Charset.forName("ISO-8859-15"),
            XML.formatted("ISO-8859-15")),
        part("name=\"a\"", null, "é", ISO_8859_1, "6Q=="),
        part("name=\"a\"", "text/plain; charset=nothing", "é", UTF_8, "w6k="),
        part("name=\"a\"", "text/plain; charset=us-ascii", "é", UTF_8, "w6k="),
        part("NAME=\"a\"", null, "b", UTF_8, "b"),
        part("x=\"; name=evil\"; name=\"a\"", null, "b", UTF_8, "b"),
        part("name=\"a\";\r\n\tother=c", null, "b", UTF_8, "b"),
        part("name*=UTF-8''%61", null, "b", UTF_8, "b"),
        part("name=\"b\"; name*=utf-8'en'%61", null, "b", UTF_8, "b"),
        part("name=\"a\"; name*=UTF-8''%ff", null, "b", UTF_8, "b"),
        part("name=\"a\"", null, "b\n--x\n\nc\n", UTF_8, "b\n--x\n\nc\n"),
        file("name=\"a\"; filename=\"r é.pdf\"", UTF_8, "r é.pdf"),
        file("name=\"a\"; filename=\"r é.pdf\"", ISO_8859_1, "r é.pdf"),
        file("name=\"a\"; filename*=UTF-8''r%20%e2%82%ac.pdf", UTF_8, "r €.pdf"),
        file("name=\"a\"; filename=\"r.pdf\"; filename*=utf-8'de'%C3%A9.pdf", UTF_8, "é.pdf"),
        file("name=\"a\"; filename*=UTF-8''%c3%a9.pdf; filename=\"r.pdf\"", UTF_8, "é.pdf"),
        file("name=\"a\"; filename*=iso-8859-1'en'%A3.pdf", UTF_8, "£.pdf"),
        file("name=\"a\"; filename*=\"UTF-8''%c3%a9.pdf\"", UTF_8, "é.pdf"),
        file("name=\"a\"; filename=\"r.pdf\"; filename*=UTF-8''%ff", UTF_8, "r.pdf"),
        file("name=\"a\"; filename=\"r.pdf\"; filename*=UTF-8''%z", UTF_8, "r.pdf"),
        file("name=\"a\"; filename=\"r.pdf\"; filename*=nothing''a", UTF_8, "r.pdf"),
        file("name=\"a\"; filename=\"r.pdf\"; filename*=a", UTF_8, "r.pdf"),
        file("name=\"a\"; filename=\"a;b \\\"c\\\".pdf\"", UTF_8, "a;b \"c\".pdf"),
        file("name=\"a\"; filename=\"\"", UTF_8, ""),
        file("name=\"a\"; FileName=r.pdf", UTF_8, "r.pdf"));
  }

  private static Arguments part(
      String disposition, @Nullable String type, String content, Charset charset, String expected) {
    return Arguments.of(disposition, type, content.getBytes(charset), UTF_8, expected);
  }

  private static Arguments file(String disposition, Charset charset, String filename) {
    return Arguments.of(
        disposition,
        "application/pdf",
        new byte[] {-1, 0},
        charset,
        Map.of("filename", filename, "contentType", "application/pdf", "base64", "/wA="));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("parts")
  void whenAPartIsInItsOwnCharsetThenItIsReadOrBase64AndTheOthersAreThere(
      String disposition, @Nullable String type, byte[] content, Charset ofHeader, Object expected)
      throws RefusedException {
    String body =
        field("before", "é")
            + "--x\r\nContent-Disposition: form-data; "
            + new String(disposition.getBytes(ofHeader), ISO_8859_1)
            + (type == null ? "" : "\r\nContent-Type: " + type)
            + "\r\n\r\n"
            + new String(content, ISO_8859_1)
            + "\r\n"
            + field("after", "€")
            + "--x--\r\n";

    assertThat(multipart(body))
        .containsExactly(
            Map.entry("before", "é"), Map.entry("a", expected), Map.entry("after", "€"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "preamble\n"})
  void whenLinesOfMultipartEndInBareLineFeedsThenItsPartsAreRead(String preamble)
      throws RefusedException {
    String file =
        """
        --x
        Content-Disposition: form-data;
         name="f"; filename="f.txt"
        Content-Type: text/plain

        a\r
        b

        """;
    String body =
        preamble + field("before", "é").replace("\r", "") + file + "--x--\nafter the parts";

    assertThat(multipart(body))
        .containsExactly(
            Map.entry("before", "é"),
            Map.entry(
                "f",
                Map.of("filename", "f.txt", "contentType", "text/plain", "base64", "YQ0KYgo=")));
  }

  private static Map<String, Object> multipart(String body) throws RefusedException {
    return RequestBody.parse(
            body.getBytes(ISO_8859_1), MediaType.parse("multipart/form-data; boundary=x"))
        .fields();
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, Ã©",
    "windows-1252, Ã©",
    "UTF-8, é",
    "' utf-8 ', é",
    "nothing, é",
    "'a b', é",
    "us-ascii, w6k="
  })
  void whenAFieldNamesTheCharsetOfTheOthersThenItCountsForThoseThatNameNone(
      String charset, String expected) throws RefusedException {
    byte[] body = (field("a", "é") + field("_charset_", charset) + "--x--").getBytes(ISO_8859_1);

    assertThat(RequestBody.parse(body, MediaType.parse("multipart/form-data; boundary=x")).fields())
        .containsEntry("a", expected);
  }

  /** One byte for each char. */
  private static String field(String name, String text) {
    return "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(name, new String(text.getBytes(UTF_8), ISO_8859_1));
  }
}
