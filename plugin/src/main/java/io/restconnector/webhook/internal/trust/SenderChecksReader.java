package io.restconnector.webhook.internal.trust;

import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.webhook.internal.channel.ChannelProperties;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a channel file demands of senders. */
public final class SenderChecksReader {

  public static final Set<String> PROPERTIES =
      Set.of("signature", "authentication", "rateLimit", "deduplication");

  private static final Map<String, Authentication.Reader> KINDS = Authentication.kinds();

  private final SignatureSchemes schemes;

  public SenderChecksReader(SignatureSchemes schemes) {
    this.schemes = schemes;
  }

  public SenderChecks read(ObjectNode channel) throws InvalidTriggerException {
    Signature signature = signature(ChannelProperties.of(channel, "signature"));
    return new SenderChecks(
        signature,
        authentication(ChannelProperties.of(channel, "authentication")),
        rateLimit(ChannelProperties.of(channel, "rateLimit")),
        deduplication(ChannelProperties.of(channel, "deduplication"), signature));
  }

  private @Nullable Signature signature(@Nullable ChannelProperties given)
      throws InvalidTriggerException {
    if (given == null) {
      return null;
    }
    SignatureScheme scheme = schemes.get(given.choice("scheme", "", schemes.names()));
    return SchemeProperties.configure(scheme, given);
  }

  private static @Nullable Authentication authentication(@Nullable ChannelProperties given)
      throws InvalidTriggerException {
    return given == null
        ? null
        : Objects.requireNonNull(KINDS.get(given.choice("type", "", KINDS.keySet()))).read(given);
  }

  private static @Nullable Deduplication deduplication(
      @Nullable ChannelProperties given, @Nullable Signature signature)
      throws InvalidTriggerException {
    if (given == null) {
      return null;
    }
    given.allowOnly("deduplication", Set.of("key", "retention"));
    JsonNode key = given.value("key");
    boolean isNamed = signature != null && signature.verifier().namesDeliveries();
    if (!JsonTemplate.isExpression(key) && !(key.isMissingNode() && isNamed)) {
      throw given.unfit("key", "a string with an expression ${…} that tells deliveries apart");
    }
    return new Deduplication(
        key.isMissingNode() ? null : key,
        given.has("retention") ? given.duration("retention") : Duration.ofDays(1));
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
