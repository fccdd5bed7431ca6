package io.restconnector.webhook.internal.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.internal.platform.EngineJson;
import io.restconnector.spi.Secret;
import io.restconnector.webhook.internal.request.RefusedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the functions of triggers give and refuse. */
class TriggerFunctionsTest {

  private static final RequestScope REQUEST = Triggers.request(null);
  private static final Map<String, Secret> SECRETS =
      Map.of("jefe", Secret.of("Jefe"), "empty", Secret.of(""));
  private static final RequestScope SIGNING = REQUEST.signing(SECRETS::get);

  /** RFC 4231, test case 2. */
  private static final String SIGNED = "what do ya want for nothing?";

  private static final String SHA256 =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  @Test
  void whenTextIsJsonThenItIsParsedOnceForAllExpressionsOfTheRequest() throws Exception {
    RequestScope request = Triggers.request(null);
    String text = "{\"amount\":99999999999999.99}";

    Object first = TriggerFunctions.parse(request, text);

    assertThat(first).hasToString(text);
    assertThat(TriggerFunctions.parse(request.withItem("i"), text)).isSameAs(first);
    assertThat(TriggerFunctions.parse(Triggers.request(null), text)).isNotSameAs(first);
    assertThat(TriggerFunctions.parse(request, "null")).isNull();
  }

  @Test
  void whenTheSenderHasSentJsonAlreadyThenItIsGivenBack() throws Exception {
    Object tree = EngineJson.toEngine(Triggers.tree("'a': [1]"));

    assertThat(TriggerFunctions.parse(REQUEST, tree)).isSameAs(tree);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(ints = 5)
  void whenThereIsNoTextToParseThenTheRequestIsRefused(@Nullable Object text) {
    assertThatThrownBy(() -> TriggerFunctions.parse(REQUEST, text))
        .isInstanceOf(RefusedException.class)
        .hasMessage("json:parse is given no text by this request.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "text"})
  void whenTextIsNoJsonThenTheRequestIsRefusedWithoutTheText(String text) {
    assertThatThrownBy(() -> TriggerFunctions.parse(REQUEST, text))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("json:parse is given text that is no JSON");
  }

  @Test
  void whenTextIsSignedThenTheEncodingIsThatOfTheFunction() throws Exception {
    assertThat(TriggerFunctions.hex(SIGNING, "sha256", "jefe", SIGNED)).isEqualTo(SHA256);
    assertThat(TriggerFunctions.base64(SIGNING, "sha256", "jefe", SIGNED))
        .isEqualTo(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(SHA256)));
    assertThat(TriggerFunctions.hex(SIGNING, "sha512", "jefe", SIGNED)).hasSize(128);
  }

  @Test
  void whenANumberOrABooleanIsSignedThenItsTextIs() throws Exception {
    for (Object scalar : List.of(5, true, new BigDecimal("1.50"))) {
      assertThat(TriggerFunctions.hex(SIGNING, "sha1", "jefe", scalar))
          .isEqualTo(TriggerFunctions.hex(SIGNING, "sha1", "jefe", scalar.toString()));
    }
  }

  static List<@Nullable Object> noText() {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(null);
    values.add(List.of("a"));
    values.add(Map.of());
    return values;
  }

  @ParameterizedTest
  @MethodSource("noText")
  void whenThereIsNoTextToSignThenTheRequestIsRefused(@Nullable Object text) {
    assertThatThrownBy(() -> TriggerFunctions.hex(SIGNING, "sha256", "jefe", text))
        .isInstanceOf(RefusedException.class)
        .hasMessage("hmac is given no text by this request.");
  }

  @Test
  void whenNothingMayBeSignedHereThenThatIsTheFaultOfTheChannel() {
    assertThatThrownBy(() -> TriggerFunctions.hex(REQUEST, "sha256", "jefe", SIGNED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("hmac is for body and answerHeaders of a trigger only");
    for (String name : List.of("none", "empty")) {
      assertThatThrownBy(() -> TriggerFunctions.hex(SIGNING, "sha256", name, SIGNED))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("hmac names what is no usable secret");
    }
    assertThatThrownBy(() -> TriggerFunctions.base64(SIGNING, "md5", "jefe", SIGNED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("hmac names an algorithm that is none of [sha1, sha256, sha384, sha512]");
  }

  @Test
  void whenAnotherExpressionThanThatOfATriggerCallsThenItIsRefused() {
    assertThatThrownBy(() -> TriggerFunctions.parse("scope", "{}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This function is for triggers of webhooks only");
    assertThatThrownBy(() -> TriggerFunctions.hex("scope", "sha256", "jefe", SIGNED))
        .hasMessage("This function is for triggers of webhooks only");
  }
}
