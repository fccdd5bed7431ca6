package io.restconnector.call.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.restconnector.content.internal.ModelText.Part;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What an expression gave stands between the marks ‹ and ›. */
class UrlTemplateTest {

  private static URI expand(boolean encode, String marked, @Nullable String params)
      throws InvalidInputException {
    List<Part> parts = new ArrayList<>();
    for (String part : List.of(marked.split("(?=‹)|(?<=›)"))) {
      parts.add(
          part.startsWith("‹")
              ? new Part(part.substring(1, part.length() - 1), true)
              : new Part(part, false));
    }
    return new UrlTemplate(encode)
        .expand(parts, params == null ? null : JsonMapper.shared().readTree(params));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "https://h/x                  | -                     | https://h/x",
        "HttpS://H/X                  | -                     | https://H/X",
        "https://h/{a}/{+a}           | {'a':'b/c d'}         | https://h/b%2Fc%20d/b/c%20d",
        "https://h/{a}{a}             | {'a':1,'b':2}         | https://h/11?b=2",
        "https://h/x                  | {'a b':['1',null,2]}  | https://h/x?a%20b=1&a%20b=2",
        "https://h/x                  | {'a':null}            | https://h/x",
        "https://h/x                  | {'a':''}              | https://h/x?a=",
        "https://h/x?                 | {'a':1}               | https://h/x?a=1",
        "https://h/x?b&               | {'a':1}               | https://h/x?b&a=1",
        "https://h/x?b                | {'a':1}               | https://h/x?b&a=1",
        "https://h/x#y                | {'a':1}               | https://h/x?a=1",
        "https://h/‹{a}›              | {'a':1}               | https://h/%7Ba%7D?a=1",
        "https://h/${1+1}             | -                     | https://h/$%7B1+1%7D",
        "https://h/${a}               | {'a':1}               | https://h/$1",
        "https://h/${a}               | {'a':''}              | https://h/$%7Ba%7D?a=",
        "https://h/{a b}              | -                     | https://h/%7Ba%20b%7D",
        "https://h/{a b}              | {'a b':3}             | https://h/3",
        "‹https://h:65535›/{a}        | {'a':1}               | https://h:65535/1",
        "http://[::1]:80/x            | -                     | http://[::1]:80/x",
        "http://h:/x                  | -                     | http://h:/x",
      })
  void whenAUrlIsEncodedThenEachValueStaysInItsPlace(
      String restUrl, @Nullable String params, String url) throws Exception {
    assertThat(expand(true, restUrl, quoted(params))).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "https://h/a%2Fb/{a}/{+a}     | {'a':'c%20d'}         | https://h/a%2Fb/c%20d/c%20d",
        "https://h/x                  | {'a+b':'c%26d'}       | https://h/x?a+b=c%26d",
      })
  void whenAUrlIsEncodedAlreadyThenItIsTakenAsItIs(
      String restUrl, @Nullable String params, String url) throws Exception {
    assertThat(expand(false, restUrl, quoted(params))).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "true  | https://h/{a}         | -                | {a} of restUrl",
        "true  | https://h/{a.b-1}     | {}               | {a.b-1} of restUrl",
        "true  | https://h/{+a}        | {'a':null}       | {+a} of restUrl",
        "true  | https://h/{a b}       | {'a b':''}       | {a b} of restUrl: it is empty, which would be another resource",
      })
  void whenAPlaceholderHasNoValueThenAnInputIsMissing(
      boolean encode, String restUrl, @Nullable String params, String placeholder) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> expand(encode, restUrl, quoted(params)))
        .withMessage("restUrlParams has no value for the placeholder " + placeholder)
        .extracting(InvalidInputException::code)
        .isEqualTo(ErrorCode.MISSING_INPUT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "true  | ftp://h/x             | -                | (its scheme is another or none)",
        "true  | h/x                   | -                | (its scheme is another or none)",
        "true  | https:///x            | -                | (it has no host)",
        "true  | https:x               | -                | (it has no host)",
        "true  | https://:80/x         | -                | (it has no host)",
        "true  | https://u@h/x         | -                | (it holds user info)",
        "true  | https://a%20b/x       | -                | (it holds characters that a URL may not hold)",
        "true  | https://h:65536/x     | -                | (its host or port is malformed)",
        "true  | https://h:x/x         | -                | (its host or port is malformed)",
        "true  | https://h:1:2/x       | -                | (its host or port is malformed)",
        "true  | https://a..b/x        | -                | (its host or port is malformed)",
        "true  | https://a‹_\u0308›/x  | -                | restUrl is a String",
        "true  | `https://h/a\rb`      | -                | (it holds a line break)",
        "true  | `https://h/a\nb`      | -                | (it holds a line break)",
        "true  | https://h/\ud800      | -                | restUrl is a String with an unpaired surrogate",
        "true  | https://h/x           | {'a':'\ud800'}   | restUrlParams is a String with an unpaired surrogate",
        "true  | https://h/x           | {'a':{}}         | restUrlParams value 'a' is a JSON OBJECT, wanted a scalar",
        "true  | https://h/{a}         | {'a':[1]}        | restUrlParams value 'a' is a JSON ARRAY, wanted a scalar",
        "true  | https://h/{+a}        | {'a':'b/../c'}   | restUrlParams has a dot segment",
        "true  | https://h/‹..›/x      | -                | restUrl is a String whose expression has a dot segment",
        "false | https://h/x           | {'a':'b#c'}      | (a value holds a #, behind which nothing would be sent)",
        "false | https://h/‹{a}›       | {'a':1}          | (it holds characters that a URL may not hold there)",
        "false | https://h/a b         | -                | (it holds characters that a URL may not hold there)",
        "false | ` https://h/x`        | -                | (it holds characters that a URL may not hold there)",
        "false | https://h/\u00e4      | -                | (it holds characters that a URL may not hold)",
        "false | https://h/\u007f      | -                | restUrl is a String that is no usable URL",
      })
  void whenItIsNoUrlThenTheMessageSaysWhy(
      boolean encode, String restUrl, @Nullable String params, String said) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> expand(encode, restUrl, quoted(params)))
        .withMessageContaining(said)
        .extracting(InvalidInputException::code)
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  private static @Nullable String quoted(@Nullable String params) {
    return params == null ? null : params.replace('\'', '"');
  }
}
