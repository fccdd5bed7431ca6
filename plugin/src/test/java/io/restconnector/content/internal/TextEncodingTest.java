package io.restconnector.content.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.UnsupportedCharsetException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextEncodingTest {

  private static final String MARK = "\ufeff";
  private static final String UMLAUT = "\u00fc";

  private static String xml(String encoding) {
    return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?><a>" + UMLAUT + "</a>";
  }

  private static Arguments in(Charset charset, String type, String sent) {
    return Arguments.of(charset, type, sent);
  }

  static Stream<Arguments> texts() {
    Charset utf32 = Charset.forName("UTF-32LE");
    Charset cyrillic = Charset.forName("windows-1251");
    return Stream.of(
        // The mark wins over everything and is no part of the text.
        in(UTF_8, "text/plain", MARK + UMLAUT),
        in(UTF_8, "text/plain; charset=ISO-8859-1", MARK + UMLAUT),
        in(UTF_8, "application/xml; charset=ISO-8859-1", MARK + xml("ISO-8859-1")),
        in(UTF_16BE, "text/csv", MARK + UMLAUT),
        in(UTF_16LE, "text/csv; charset=utf-8", MARK + UMLAUT),
        in(UTF_16LE, "text/xml", MARK + xml("UTF-16")),
        in(utf32, "text/plain", MARK + UMLAUT),
        in(UTF_8, "application/x-www-form-urlencoded", MARK + "a=" + UMLAUT),
        // The parameter wins over the declaration.
        in(ISO_8859_1, "text/xml; charset=ISO-8859-1", xml("UTF-8")),
        in(UTF_8, "application/soap+xml; charset=\"utf-8\"", xml("ISO-8859-1")),
        in(cyrillic, "text/plain; charset=windows-1251", "\u0416"),
        in(UTF_16LE, "text/plain; charset=utf-16le", UMLAUT),
        // The declaration counts for XML.
        in(ISO_8859_1, "text/xml", xml("ISO-8859-1")),
        in(ISO_8859_1, "application/xml", xml("iso-8859-1").replace('"', '\'')),
        in(ISO_8859_1, "application/atom+xml", xml("latin1")),
        in(ISO_8859_1, "text/xml; charset=nonsense", xml("ISO-8859-1")),
        in(ISO_8859_1, "text/xml", xml("ISO-8859-1").replace(" enc", "\n  enc")),
        in(cyrillic, "text/xml", "<?xml version='1.0' encoding='windows-1251'?><a>\u0416</a>"),
        in(UTF_16BE, "text/xml", xml("UTF-16")),
        in(UTF_16LE, "text/xml", xml("UTF-16")),
        // As UTF-8 is what is left, also where a declaration cannot be true.
        in(UTF_8, "text/xml", xml("UTF-16")),
        in(UTF_8, "text/xml", xml("no-such")),
        in(UTF_8, "text/xml", "<a encoding=\"ISO-8859-1\">" + UMLAUT + "</a>"),
        in(UTF_8, "text/html", xml("ISO-8859-1")),
        in(UTF_8, "text/plain", UMLAUT),
        in(UTF_8, "text/plain; charset=nonsense!", UMLAUT),
        in(UTF_8, "text/plain; charset=\"\"", UMLAUT),
        in(UTF_8, "text/plain", ""));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whenBytesAreTextThenTheyAreDecodedWithoutTheMark(Charset charset, String type, String sent) {
    byte[] bytes = (sent + "###").getBytes(charset);
    int length = sent.getBytes(charset).length;

    assertThat(TextEncoding.decode(bytes, length, MediaType.parse(type)))
        .isEqualTo(sent.replace(MARK, ""));
  }

  @Test
  void whenTextIsSentThenItsTypeOrDeclarationNamesTheCharset() {
    assertThat(TextEncoding.of(xml("ISO-8859-1"), MediaType.parse("text/xml")))
        .isEqualTo(ISO_8859_1);
    assertThat(TextEncoding.of(xml("ISO-8859-1"), MediaType.parse("text/xml; charset=utf-8")))
        .isEqualTo(UTF_8);
    assertThat(TextEncoding.of(MARK + xml("latin1"), MediaType.parse("a/b+xml")))
        .isEqualTo(ISO_8859_1);
    assertThat(TextEncoding.of("<a/>", MediaType.parse("text/xml"))).isEqualTo(UTF_8);
    assertThat(TextEncoding.of("x", MediaType.parse("text/plain; charset=latin1")))
        .isEqualTo(ISO_8859_1);
    assertThatThrownBy(() -> TextEncoding.of(xml("no-such"), MediaType.parse("text/xml")))
        .isInstanceOf(UnsupportedCharsetException.class);
  }
}
