package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.channel.ChannelProperties;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The secret in a header of its own.
 *
 * @param header in lower case
 */
record ApiKey(String header, List<String> secretNames) implements Authentication {

  static ApiKey read(ChannelProperties given) throws InvalidTriggerException {
    given.allowOnly("type api-key", Set.of("type", "secret", "header"));
    return new ApiKey(given.header("header"), given.secretNames());
  }

  @Override
  public String scheme() {
    return "";
  }

  @Override
  public byte[] credentials(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
