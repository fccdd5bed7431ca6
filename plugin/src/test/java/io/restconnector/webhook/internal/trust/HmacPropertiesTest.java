package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.channel.ChannelProperties;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a channel may say of an HMAC of its own. */
class HmacPropertiesTest {

  private static HeaderForm read(String properties) throws InvalidTriggerException {
    ObjectNode channel =
        (ObjectNode)
            JsonMapper.shared()
                .readTree(
                    "{'signature': {'scheme': 'hmac', 'secret': 's', 'header': 'X-Sig'%s}}"
                        .formatted(properties)
                        .replace('\'', '"'));
    Signature signature =
        SchemeProperties.configure(
            new SignatureSchemes(List.of()).get("hmac"),
            Objects.requireNonNull(ChannelProperties.of(channel, "signature")));
    return (HeaderForm) ((HmacVerifier) signature.verifier()).form();
  }

  @Test
  void whenOnlyTheHeaderIsGivenThenTheRestHasItsDefaults() throws Exception {
    assertThat(read(""))
        .isEqualTo(
            new HeaderForm(
                "x-sig",
                new Hmac("sha256", Hmac.Encoding.HEX),
                "",
                null,
                true,
                null,
                Timestamp.Unit.S,
                null,
                SignedContent.BODY));
  }

  @Test
  void whenAllIsGivenThenItIsThere() throws Exception {
    assertThat(
            read(
                """
                , 'encoding': 'base64', 'algorithm': 'sha512', 'prefix': 'v1=', 'separator': ',',
                'timestampHeader': 'X-Time', 'timestampUnit': 'ms', 'idHeader': 'X-Id',
                'content': '${id}:${timestamp}:${body}'"""))
        .isEqualTo(
            new HeaderForm(
                "x-sig",
                new Hmac("sha512", Hmac.Encoding.BASE64),
                "v1=",
                ",",
                false,
                "x-time",
                Timestamp.Unit.MS,
                "x-id",
                SignedContent.parse("${id}:${timestamp}:${body}")));
  }

  @Test
  void whenThereIsATimestampAndNoContentThenItIsSignedBeforeTheBody() throws Exception {
    assertThat(read(", 'timestampHeader': 'X-Time'").content())
        .isEqualTo(SignedContent.parse("${timestamp}.${body}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'encoding': 'Hex' | signature.encoding is \"Hex\", wanted one of base64, hex",
        "'algorithm': 'md5' | signature.algorithm is \"md5\", wanted one of sha1, sha256, sha384, sha512",
        "'timestampUnit': 's' | signature.timestampUnit is of type string and does not fit, wanted a timestampHeader",
        "'timestampHeader': 'X-T', 'timestampUnit': 'm' | wanted one of ms, s",
        "'separator': '' | signature.separator is of type string and does not fit, wanted what stands between",
        "'prefix': 1 | signature.prefix is of type number and does not fit, wanted a string",
        "'timestampHeader': 'a b' | signature.timestampHeader is of type string and does not fit",
        "'content': '' | signature.content is of type string and does not fit, wanted what is signed",
        "'content': '${body}${bodi}' | wanted what is signed, over ${body}",
        "'content': '${body' | wanted what is signed, over ${body}",
        "'content': '${method}' | wanted a template with ${body} or ${sortedParams}",
        "'content': '${body}', 'timestampHeader': 'X-T' | wanted a template with ${timestamp}, since there is timestampHeader",
        "'content': '${body}', 'idHeader': 'X-I' | wanted a template with ${id}, since there is idHeader",
        "'content': '${timestamp}${body}' | signature.timestampHeader is missing, wanted the name of an HTTP header, since content has ${timestamp}",
        "'content': '${id}${body}' | signature.idHeader is missing, wanted the name of an HTTP header, since content has ${id}",
        "'idHeader': 'X-I' | wanted a template with ${id}, since there is idHeader",
        "'colour': 'red' | signature.colour is no property of scheme hmac"
      })
  void whenAPropertyIsWrongThenTheMessageSaysWhatIsWanted(String property, String message) {
    assertThatThrownBy(() -> read(", " + property))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whenTheParametersAreSignedThenTheBodyNeedNotBe() throws Exception {
    assertThat(read(", 'content': '${url}${sortedParams}'").content().has("body")).isFalse();
  }
}
