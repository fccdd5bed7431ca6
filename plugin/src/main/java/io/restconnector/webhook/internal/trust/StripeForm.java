package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SignatureScheme.Properties;
import io.restconnector.spi.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Stripe's header: a timestamp and the signatures of several keys and versions.
 *
 * @param header in lower case
 */
record StripeForm(String header) implements HmacForm {

  private static final Pattern ELEMENTS =
      Pattern.compile("[a-z0-9]+=[0-9a-f]+(?:,[a-z0-9]+=[0-9a-f]+)*+");

  static StripeForm read(Properties given) {
    return new StripeForm(given.has("header") ? given.header("header") : "stripe-signature");
  }

  @Override
  public Claim claim(SignedRequest request) throws UnfitClaimException {
    String value = HmacForm.header(request, header);
    if (!ELEMENTS.matcher(value).matches()) {
      throw new UnfitClaimException("header " + header + " is not written as Stripe writes it");
    }
    List<String> timestamps = new ArrayList<>();
    List<String> signatures = new ArrayList<>();
    for (String element : value.split(",", -1)) {
      if (element.startsWith("v1=")) {
        signatures.add(element.substring(3));
      } else if (element.startsWith("t=")) {
        timestamps.add(element.substring(2));
      }
    }
    if (timestamps.size() != 1) {
      throw new UnfitClaimException("header " + header + " does not hold one timestamp");
    }
    String timestamp = timestamps.get(0);
    return new Claim(
        List.of((timestamp + ".").getBytes(StandardCharsets.US_ASCII), request.body()),
        Timestamp.parse(timestamp, Timestamp.Unit.S),
        null,
        signatures);
  }

  @Override
  public List<String> headers() {
    return List.of(header);
  }

  @Override
  public Hmac hmac() {
    return Hmac.SHA256_HEX;
  }
}
