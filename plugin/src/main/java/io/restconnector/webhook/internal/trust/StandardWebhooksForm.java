package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The symmetric signatures of Standard Webhooks 1.0.0: a header with the signatures of several keys
 * and versions, of which {@code v1} is the HMAC.
 *
 * @param prefixes of the three headers; the first whose signature is there counts for all three
 */
record StandardWebhooksForm(List<String> prefixes) implements HmacForm {

  static final StandardWebhooksForm STANDARD =
      new StandardWebhooksForm(List.of("webhook-", "svix-"));
  static final StandardWebhooksForm SVIX = new StandardWebhooksForm(List.of("svix-"));

  /** Without the dot, which ends the id in what is signed. */
  private static final Pattern IDS = Pattern.compile("[!-~&&[^.]]+");

  private static final Pattern SIGNATURES =
      Pattern.compile("v[0-9a-z]+,[0-9A-Za-z+/=_-]+(?: v[0-9a-z]+,[0-9A-Za-z+/=_-]+)*+");
  private static final String VERSION = "v1,";
  private static final String SECRET_PREFIX = "whsec_";

  @Override
  public Claim claim(SignedRequest request) throws UnfitClaimException {
    String prefix =
        prefixes.stream()
            .filter(each -> request.headers().containsKey(each + "signature"))
            .findFirst()
            .orElse(prefixes.get(0));
    String id = HmacForm.header(request, prefix + "id");
    String timestamp = HmacForm.header(request, prefix + "timestamp");
    String signatures = HmacForm.header(request, prefix + "signature");
    if (!IDS.matcher(id).matches()) {
      throw new UnfitClaimException("header " + prefix + "id is no id");
    }
    if (!SIGNATURES.matcher(signatures).matches()) {
      throw new UnfitClaimException(
          "header " + prefix + "signature is not written as Standard Webhooks wants it");
    }
    List<String> ofVersion =
        Stream.of(signatures.split(" ", -1))
            .filter(signature -> signature.startsWith(VERSION))
            .map(signature -> signature.substring(VERSION.length()))
            .toList();
    byte[] start = (id + "." + timestamp + ".").getBytes(StandardCharsets.ISO_8859_1);
    return new Claim(
        List.of(start, request.body()),
        Timestamp.parse(timestamp, Timestamp.Unit.S),
        id,
        ofVersion);
  }

  @Override
  public List<String> headers() {
    return prefixes.stream()
        .flatMap(prefix -> Stream.of("id", "timestamp", "signature").map(prefix::concat))
        .toList();
  }

  @Override
  public byte @Nullable [] key(String secret) {
    String encoded =
        secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
    try {
      return Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException noBase64) {
      return null;
    }
  }

  @Override
  public Hmac hmac() {
    return Hmac.SHA256_BASE64;
  }

  @Override
  public boolean hasId() {
    return true;
  }
}
