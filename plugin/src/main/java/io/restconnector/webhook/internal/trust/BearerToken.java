package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.channel.ChannelProperties;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The secret as a token (RFC 6750). */
record BearerToken(List<String> secretNames) implements Authentication {

  static BearerToken read(ChannelProperties given) throws InvalidTriggerException {
    given.allowOnly("type bearer", Set.of("type", "secret"));
    return new BearerToken(given.secretNames());
  }

  @Override
  public String header() {
    return "authorization";
  }

  @Override
  public String scheme() {
    return "bearer ";
  }

  @Override
  public byte[] credentials(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
