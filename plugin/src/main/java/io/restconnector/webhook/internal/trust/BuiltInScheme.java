package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SignatureScheme;
import java.util.List;
import java.util.function.Function;

/** A scheme of the connector itself, from the form of its HMACs. */
record BuiltInScheme(String name, Function<Properties, HmacForm> form) implements SignatureScheme {

  /** All of them. */
  static final List<SignatureScheme> ALL =
      List.of(
          new BuiltInScheme("standard-webhooks", given -> StandardWebhooksForm.STANDARD),
          new BuiltInScheme("svix", given -> StandardWebhooksForm.SVIX),
          new BuiltInScheme("github", given -> HeaderForm.GITHUB),
          new BuiltInScheme("slack", given -> HeaderForm.SLACK),
          new BuiltInScheme("stripe", StripeForm::read),
          new BuiltInScheme("hmac", HmacProperties::read));

  @Override
  public Verifier configure(Properties properties) {
    return new HmacVerifier(form.apply(properties));
  }
}
