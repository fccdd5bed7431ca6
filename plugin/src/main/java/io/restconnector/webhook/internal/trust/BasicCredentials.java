package io.restconnector.webhook.internal.trust;

import io.restconnector.webhook.internal.channel.ChannelProperties;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A user name and the secret as its password, in UTF-8 (RFC 7617). */
record BasicCredentials(String username, List<String> secretNames) implements Authentication {

  static BasicCredentials read(ChannelProperties given) throws InvalidTriggerException {
    given.allowOnly("type basic", Set.of("type", "secret", "username"));
    String username = given.text("username", "a user name");
    if (username.contains(":")) {
      throw given.unfit("username", "a user name without a colon");
    }
    return new BasicCredentials(username, given.secretNames());
  }

  @Override
  public String header() {
    return "authorization";
  }

  @Override
  public String scheme() {
    return "basic ";
  }

  @Override
  public byte[] credentials(String secret) {
    return Base64.getEncoder().encode((username + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }
}
