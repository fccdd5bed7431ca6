package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a channel demands of senders, read from its file. */
class SenderChecksReaderTest {

  private static final String STANDARD =
      "'signature': {'scheme': 'standard-webhooks', 'secret': 's'}, ";

  private static SenderChecks read(String properties) throws InvalidTriggerException {
    return new SenderChecksReader(new SignatureSchemes(List.of()))
        .read(
            (ObjectNode) JsonMapper.shared().readTree(("{" + properties + "}").replace('\'', '"')));
  }

  @Test
  void whenAFileDemandsNothingThenNothingIsChecked() throws Exception {
    assertThat(read("")).isEqualTo(new SenderChecks(null, null, null, null));
  }

  @Test
  void whenAFileDemandsAllThenAllIsThere() throws Exception {
    SenderChecks checks =
        read(
            """
            'signature': {'scheme': 'github', 'secret': ['old', 'new']},
            'authentication': {'type': 'api-key', 'secret': 'k', 'header': 'X-Key'},
            'rateLimit': {'limit': 2, 'period': 'PT1H'},
            'deduplication': {'key': '${body.id}', 'retention': 'PT2H'}""");

    assertThat(Objects.requireNonNull(checks.signature()).secretNames())
        .containsExactly("old", "new");
    assertThat(checks.authentication()).isEqualTo(new ApiKey("x-key", List.of("k")));
    RateLimit limit = Objects.requireNonNull(checks.rateLimit());
    assertThat(limit.acquire()).isZero();
    assertThat(limit.acquire()).isZero();
    assertThat(limit.acquire()).isPositive();
    Deduplication deduplication = Objects.requireNonNull(checks.deduplication());
    assertThat(Objects.requireNonNull(deduplication.key()).stringValue()).isEqualTo("${body.id}");
    assertThat(deduplication.retention()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void whenTheSignatureNamesDeliveriesThenNoKeyIsNeededAndADayIsKept() throws Exception {
    assertThat(read(STANDARD + "'deduplication': {}").deduplication())
        .isEqualTo(new Deduplication(null, Duration.ofDays(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'signature': 'github' | signature is \"github\", wanted an object",
        "'signature': {'secret': 's'} | signature.scheme is missing, wanted one of github, hmac, slack,",
        "'signature': {'scheme': 'GitHub', 'secret': 's'} | signature.scheme is \"GitHub\", wanted one of",
        "'signature': {'scheme': 'github'} | signature.secret is missing, wanted the name of a secret",
        "'signature': {'scheme': 'github', 'secret': []} | wanted the name of a secret, or a list",
        "'signature': {'scheme': 'github', 'secret': 's', 'header': 'X'} | signature.header is no property of scheme github",
        "'authentication': {'secret': 's'} | authentication.type is missing, wanted one of api-key, basic, bearer",
        "'authentication': {'type': 'bearer', 'secret': ' '} | authentication.secret is of type string and does not fit",
        "'authentication': {'type': 'bearer', 'secret': 's', 'header': 'X'} | authentication.header is no property of type bearer",
        "'rateLimit': {'limit': 0, 'period': 'PT1S'} | wanted an integer from 1",
        "'rateLimit': {'limit': 1.5, 'period': 'PT1S'} | wanted an integer from 1",
        "'rateLimit': {'limit': '1', 'period': 'PT1S'} | wanted an integer from 1",
        "'rateLimit': {'limit': 1} | rateLimit.period is missing, wanted a time",
        "'rateLimit': {'limit': 1, 'period': 'PT0S'} | rateLimit.period is of type string and does not fit",
        "'rateLimit': {'limit': 1, 'period': 'PT1S', 'burst': 2} | rateLimit.burst is no property of rateLimit",
        "'deduplication': {} | deduplication.key is missing, wanted a string with an expression",
        "'deduplication': {'key': 'fixed'} | wanted a string with an expression ${…} that tells deliveries apart",
        "'deduplication': {'key': '${a}', 'retention': 'P3651D'} | deduplication.retention is of type string",
        "'deduplication': {'key': '${a}', 'ttl': 'P1D'} | deduplication.ttl is no property of deduplication",
        "'signature': {'scheme': 'github', 'secret': 's'}, 'deduplication': {} | deduplication.key is missing"
      })
  void whenAPropertyIsWrongThenTheMessageSaysWhatIsWanted(String properties, String message) {
    assertThatThrownBy(() -> read(properties))
        .isInstanceOf(InvalidTriggerException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whenTheSignatureNamesDeliveriesThenAKeyThatIsGivenMustStillTellThemApart() {
    assertThatThrownBy(() -> read(STANDARD + "'deduplication': {'key': null}"))
        .hasMessageContaining("deduplication.key");
    assertThatThrownBy(() -> read(STANDARD + "'deduplication': {'key': 'fixed'}"))
        .hasMessageContaining("deduplication.key");
  }
}
