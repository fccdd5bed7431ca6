package io.restconnector.http.internal.chain;

import io.restconnector.spi.Secret;
import org.apache.hc.core5.http.Header;

/** A header that the client's own debug log cannot show. */
public record SecretHeader(String name, Secret secret) implements Header {

  public SecretHeader(String name, String value) {
    this(name, Secret.of(value));
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getValue() {
    return secret.reveal();
  }

  @Override
  public boolean isSensitive() {
    return true;
  }

  @Override
  public String toString() {
    return name + ": " + secret;
  }
}
