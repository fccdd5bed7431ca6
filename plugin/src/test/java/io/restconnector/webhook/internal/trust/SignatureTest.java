package io.restconnector.webhook.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.restconnector.spi.Secret;
import io.restconnector.spi.SecretSource;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  @ParameterizedTest
  @EnumSource
  void whenRequestIsThePublishedOneThenItIsValid(SignatureVectors vector) {
    assertThat(isValid(vector, vector.headers(), vector.body(), vector.signedAt())).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whenSignatureIsForgedThenItIsNotValid(SignatureVectors vector) {
    // The last character before any padding, so that nothing but the signature differs.
    Map<String, List<String>> forged =
        vector.headersWith(
            value -> {
              int last = value.replaceAll("(=+|,v0=.*)$", "").length() - 1;
              char other = value.charAt(last) == 'A' || value.charAt(last) == 'a' ? '0' : 'a';
              return value.substring(0, last) + other + value.substring(last + 1);
            });

    assertThat(isValid(vector, forged, vector.body(), vector.signedAt())).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whenSignatureIsCutAnywhereThenItIsNotValid(SignatureVectors vector) {
    String whole = vector.encodedSignature();
    int end = whole.contains(",v0=") ? whole.indexOf(",v0=") : whole.length();
    for (int length = 0; length < end; length++) {
      String cut = whole.substring(0, length);

      assertThat(isValid(vector, vector.headersWith(v -> cut), vector.body(), vector.signedAt()))
          .as(cut)
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenSignatureIsEncodedInAnotherWayThenItIsNotValid(SignatureVectors vector) {
    String whole = vector.encodedSignature().replaceAll(",v0=.*", "");
    int start = Math.max(whole.lastIndexOf(",v1=") + 3, whole.indexOf("=")) + 1;
    if (vector == SignatureVectors.STANDARD_WEBHOOKS) {
      start = 3;
    } else if (vector == SignatureVectors.HMAC_SHA512) {
      start = 4;
    } else if (!whole.contains("=")) {
      start = 0;
    }
    String prefix = whole.substring(0, start);
    String text = whole.substring(start);
    boolean hex = text.matches("[0-9a-f]+");
    byte[] bytes = hex ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text);
    List<String> others =
        new ArrayList<>(
            List.of(
                HexFormat.of().withUpperCase().formatHex(bytes),
                Base64.getUrlEncoder().encodeToString(bytes) + " ",
                Base64.getMimeEncoder(20, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                " " + text,
                "\"" + text + "\"",
                "0x" + text));
    others.add(hex ? Base64.getEncoder().encodeToString(bytes) : HexFormat.of().formatHex(bytes));
    if (!hex) {
      others.add(text.replaceAll("[^=](=+)$", "/$1"));
    }

    if (vector.name().startsWith("HMAC_") && hex) {
      // In scheme hmac the sender chooses the case.
      assertThat(
              isValid(
                  vector,
                  vector.headersWith(v -> others.remove(0)),
                  vector.body(),
                  vector.signedAt()))
          .isTrue();
    }

    for (String other : others) {
      assertThat(
              isValid(
                  vector,
                  vector.headersWith(v -> prefix + other),
                  vector.body(),
                  vector.signedAt()))
          .as(other)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("io.restconnector.webhook.internal.trust.SignatureVectors#withTimestamp")
  void whenTimestampIsMoreThanFiveMinutesAwayThenRequestIsNotValid(SignatureVectors vector) {
    Duration tolerance = Duration.ofMinutes(5);
    Instant signed = vector.signedAt();

    assertThat(isValid(vector, vector.headers(), vector.body(), signed.plus(tolerance))).isTrue();
    assertThat(isValid(vector, vector.headers(), vector.body(), signed.minus(tolerance))).isTrue();
    assertThat(
            isValid(vector, vector.headers(), vector.body(), signed.plus(tolerance).plusMillis(1)))
        .isFalse();
    assertThat(
            isValid(
                vector, vector.headers(), vector.body(), signed.minus(tolerance).minusMillis(1)))
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.restconnector.webhook.internal.trust.SignatureVectors#withTimestamp")
  void whenTimestampIsRenewedThenSignatureDoesNotFit(SignatureVectors vector) {
    Map<String, List<String>> renewed = vector.headers();
    renewed.replaceAll(
        (name, values) ->
            List.of(
                values
                    .get(0)
                    .replace(
                        Long.toString(vector.signedAt().getEpochSecond()),
                        Long.toString(vector.signedAt().getEpochSecond() + 1))));

    assertThat(isValid(vector, renewed, vector.body(), vector.signedAt())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "-1531420618", "1531420618.0", "0x5b47a6ca", "15314206180000000"})
  void whenTimestampIsNoNumberOfSecondsThenRequestIsNotValid(String timestamp) {
    Map<String, List<String>> headers = SignatureVectors.SLACK.headers();
    headers.put("x-slack-request-timestamp", List.of(timestamp));
    String signature =
        Hmac.SHA256_HEX.of(
            SignatureVectors.SLACK.secret().getBytes(StandardCharsets.UTF_8),
            ("v0:"
                    + timestamp
                    + ":"
                    + new String(SignatureVectors.SLACK.body(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
    headers.put("x-slack-signature", List.of("v0=" + signature));

    assertThat(
            isValid(
                SignatureVectors.SLACK,
                headers,
                SignatureVectors.SLACK.body(),
                SignatureVectors.SLACK.signedAt()))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whenKeyIsAnotherThenRequestIsNotValid(SignatureVectors vector) {
    assertThat(
            isValid(
                vector.signature("other"),
                request(vector.headers(), vector.body(), vector.signedAt()),
                name -> Secret.of("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whenOneOfSeveralKeysFitsThenRequestIsValid(SignatureVectors vector) {
    Map<String, Secret> secrets =
        Map.of(
            "old", Secret.of(vector.secret()),
            "new", Secret.of("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"));

    assertThat(
            isValid(
                vector.signature("new", "old"),
                request(vector.headers(), vector.body(), vector.signedAt()),
                secrets::get))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whenSecretIsUnknownOrEmptyThenRequestIsNotValid(SignatureVectors vector) {
    for (SecretSource secrets :
        List.<SecretSource>of(name -> null, name -> Secret.of(""), name -> Secret.of("whsec_"))) {
      assertThat(
              isValid(
                  vector.signature("gone"),
                  request(vector.headers(), vector.body(), vector.signedAt()),
                  secrets))
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenAnyHeaderIsMissingOrThereTwiceThenRequestIsNotValid(SignatureVectors vector) {
    for (String name : vector.headers().keySet()) {
      Map<String, List<String>> missing = vector.headers();
      missing.remove(name);
      Map<String, List<String>> twice = vector.headers();
      twice.computeIfPresent(name, (n, values) -> List.of(values.get(0), values.get(0)));
      Map<String, List<String>> joined = vector.headers();
      joined.computeIfPresent(name, (n, values) -> List.of(values.get(0) + ", " + values.get(0)));

      for (Map<String, List<String>> headers : List.of(missing, twice, joined)) {
        assertThat(isValid(vector, headers, vector.body(), vector.signedAt()))
            .as("%s", headers)
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenOneBitOfTheBodyDiffersThenRequestIsNotValid(SignatureVectors vector) {
    byte[] body = vector.body();
    for (int bit = 0; bit < body.length * 8; bit++) {
      body[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(isValid(vector, vector.headers(), body, vector.signedAt())).isFalse();

      body[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenRequestIsChangedAtRandomThenItIsNotValid(SignatureVectors vector) {
    Random random = new Random(8128);
    List<String> names = List.copyOf(vector.headers().keySet());
    for (int round = 0; round < 10_000; round++) {
      Map<String, List<String>> headers = vector.headers();
      byte[] body = vector.body();
      int place = random.nextInt(names.size() + 1);
      if (place == names.size()) {
        body = mutated(body, random);
      } else {
        // What follows v1 in Stripe's header is a signature that nobody checks.
        String original = vector.header(names.get(place)).replaceAll(",v0=.*", "");
        String changed =
            new String(
                mutated(original.getBytes(StandardCharsets.ISO_8859_1), random),
                StandardCharsets.ISO_8859_1);
        if (vector.name().matches("HMAC_SHA(1|256)") && changed.equalsIgnoreCase(original)) {
          continue; // the same signature in hexadecimal digits of another case
        }
        headers.put(names.get(place), List.of(changed));
      }

      assertThat(isValid(vector, headers, body, vector.signedAt())).as("%s", headers).isFalse();
    }
  }

  @Test
  void whenDotMovesFromBodyIntoIdThenRequestIsNotValid() {
    SignatureVectors vector = SignatureVectors.STANDARD_WEBHOOKS;
    Map<String, List<String>> headers = vector.headers();
    String id = vector.header("webhook-id");
    String timestamp = vector.header("webhook-timestamp");
    byte[] key = Base64.getDecoder().decode(vector.secret().substring("whsec_".length()));
    String signed = id + ".7." + timestamp + ".{}";
    String signature = Hmac.SHA256_BASE64.of(key, signed.getBytes(StandardCharsets.UTF_8));
    headers.put("webhook-id", List.of(id + ".7"));
    headers.put("webhook-signature", List.of("v1," + signature));

    assertThat(isValid(vector, headers, "{}".getBytes(StandardCharsets.UTF_8), vector.signedAt()))
        .isFalse();
  }

  @Test
  void whenOneOfSeveralSignaturesFitsThenRequestIsValid() {
    SignatureVectors vector = SignatureVectors.STANDARD_WEBHOOKS;
    Map<String, List<String>> headers =
        vector.headersWith(
            value ->
                "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZ "
                    + "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= "
                    + value);

    assertThat(isValid(vector, headers, vector.body(), vector.signedAt())).isTrue();
  }

  @Test
  void whenTimestampIsSignedInAHeaderThenBothAreChecked() {
    HeaderForm form =
        new HeaderForm(
            "x-signature",
            Hmac.SHA256_HEX,
            "sha256=",
            null,
            true,
            "x-timestamp",
            Timestamp.Unit.S,
            null,
            SignedContent.TIMESTAMP_AND_BODY);
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    String signature =
        Hmac.SHA256_HEX.of(
            "key".getBytes(StandardCharsets.UTF_8),
            "1700000000.{}".getBytes(StandardCharsets.UTF_8));
    Map<String, List<String>> headers =
        Map.of("x-signature", List.of("sha256=" + signature), "x-timestamp", List.of("1700000000"));
    Signature checked = new Signature(new HmacVerifier(form), List.of("any"), java.util.Set.of());
    SecretSource secrets = name -> Secret.of("key");
    Instant signed = Instant.ofEpochSecond(1700000000);

    assertThat(isValid(checked, request(headers, body, signed), secrets)).isTrue();
    assertThat(isValid(checked, request(headers, body, signed.plusSeconds(301)), secrets))
        .isFalse();
  }

  /** Flips, inserts, removes or swaps bytes until something differs. */
  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    do {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> {
          byte[] longer = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, longer, 0, at);
          longer[at] = (byte) random.nextInt(256);
          System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
          bytes = longer;
        }
        case 2 -> {
          byte[] shorter = new byte[bytes.length - 1];
          System.arraycopy(bytes, 0, shorter, 0, at);
          System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
          bytes = shorter;
        }
        default -> {
          int other = random.nextInt(bytes.length);
          byte swapped = bytes[at];
          bytes[at] = bytes[other];
          bytes[other] = swapped;
        }
      }
    } while (Arrays.equals(bytes, original));
    return bytes;
  }

  private static boolean isValid(
      SignatureVectors vector, Map<String, List<String>> headers, byte[] body, Instant now) {
    return isValid(
        vector.signature("known"), request(headers, body, now), name -> Secret.of(vector.secret()));
  }

  private static boolean isValid(Signature signature, SignedRequest request, SecretSource secrets) {
    return signature.verify(request, secrets) instanceof SignatureScheme.Valid;
  }

  private static SignedRequest request(
      Map<String, List<String>> headers, byte[] body, Instant now) {
    return new SignedRequest("POST", "http://localhost/path", headers, body, now);
  }
}
