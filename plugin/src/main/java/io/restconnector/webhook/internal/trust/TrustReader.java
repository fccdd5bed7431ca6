package io.restconnector.webhook.internal.trust;

import io.restconnector.content.JsonTemplate;
import io.restconnector.webhook.internal.trigger.Deduplication;
import io.restconnector.webhook.internal.trigger.InvalidTriggerException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads what a channel file demands of senders. */
public final class TrustReader {

  public static final Set<String> PROPERTIES =
      Set.of("signature", "authentication", "rateLimit", "deduplication");

  private static final Set<String> SCHEMES =
      Set.of("standard-webhooks", "github", "slack", "stripe", "hmac");
  private static final Set<String> TYPES = Set.of("basic", "bearer", "api-key");
  private static final Set<String> ALGORITHMS = Set.of("sha1", "sha256", "sha384", "sha512");

  private TrustReader() {}

  public static Trust read(ObjectNode channel) throws InvalidTriggerException {
    Signature signature = signature(ChannelProperties.of(channel, "signature"));
    return new Trust(
        signature,
        authentication(ChannelProperties.of(channel, "authentication")),
        rateLimit(ChannelProperties.of(channel, "rateLimit")),
        deduplication(ChannelProperties.of(channel, "deduplication"), signature));
  }

  private static @Nullable Signature signature(@Nullable ChannelProperties given)
      throws InvalidTriggerException {
    if (given == null) {
      return null;
    }
    String name = given.choice("scheme", "", SCHEMES);
    given.allowOnly(
        "scheme " + name,
        name.equals("hmac")
            ? Set.of(
                "scheme", "secret", "header", "algorithm", "encoding", "prefix", "timestampHeader")
            : Set.of("scheme", "secret"));
    SignatureScheme scheme =
        switch (name) {
          case "standard-webhooks" -> new StandardWebhooksScheme();
          case "github" -> HmacScheme.GITHUB;
          case "slack" -> HmacScheme.SLACK;
          case "stripe" -> new StripeScheme();
          default -> hmac(given);
        };
    return new Signature(scheme, given.secretNames());
  }

  private static SignatureScheme hmac(ChannelProperties given) throws InvalidTriggerException {
    String encoding = given.choice("encoding", "hex", Set.of("hex", "base64"));
    JsonNode prefix = given.value("prefix");
    if (!prefix.isMissingNode() && !prefix.isString()) {
      throw given.unfit("prefix", "a string");
    }
    return new HmacScheme(
        given.header("header"),
        new Hmac(
            given.choice("algorithm", "sha256", ALGORITHMS),
            Hmac.Encoding.valueOf(encoding.toUpperCase(Locale.ROOT))),
        prefix.asString(""),
        given.has("timestampHeader") ? given.header("timestampHeader") : null,
        "",
        ".");
  }

  private static @Nullable Authentication authentication(@Nullable ChannelProperties given)
      throws InvalidTriggerException {
    if (given == null) {
      return null;
    }
    String type = given.choice("type", "", TYPES);
    List<String> secretNames = given.secretNames();
    switch (type) {
      case "basic" -> {
        given.allowOnly("type basic", Set.of("type", "secret", "username"));
        String username = given.text("username", "a user name");
        if (username.contains(":")) {
          throw given.unfit("username", "a user name without a colon");
        }
        return Authentication.basic(username, secretNames);
      }
      case "api-key" -> {
        given.allowOnly("type api-key", Set.of("type", "secret", "header"));
        return Authentication.apiKey(given.header("header"), secretNames);
      }
      default -> {
        given.allowOnly("type bearer", Set.of("type", "secret"));
        return Authentication.bearer(secretNames);
      }
    }
  }

  private static @Nullable Deduplication deduplication(
      @Nullable ChannelProperties given, @Nullable Signature signature)
      throws InvalidTriggerException {
    if (given == null) {
      return null;
    }
    given.allowOnly("deduplication", Set.of("key", "retention"));
    JsonNode key = given.value("key");
    if (key.isMissingNode()
        && signature != null
        && signature.scheme() instanceof StandardWebhooksScheme) {
      key = StringNode.valueOf("${headers['" + StandardWebhooksScheme.ID + "']}");
    }
    if (!JsonTemplate.isExpression(key)) {
      throw given.unfit("key", "a string with an expression ${…} that tells deliveries apart");
    }
    return new Deduplication(
        key, given.has("retention") ? given.duration("retention") : Duration.ofDays(1));
  }

  private static @Nullable RateLimit rateLimit(@Nullable ChannelProperties given)
      throws InvalidTriggerException {
    if (given == null) {
      return null;
    }
    given.allowOnly("rateLimit", Set.of("limit", "period"));
    JsonNode limit = given.value("limit");
    if (!limit.isInt() || limit.intValue() < 1) {
      throw given.unfit("limit", "an integer from 1");
    }
    return new RateLimit(limit.intValue(), given.duration("period"));
  }
}
