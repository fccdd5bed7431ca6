package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.SignatureScheme;
import io.restconnector.webhook.internal.channel.ChannelProperties;
import io.restconnector.webhook.internal.channel.InvalidTriggerException;
import java.util.HashSet;
import java.util.Set;

/** The signature of a channel as a scheme reads it; knows what was read. */
final class SchemeProperties implements SignatureScheme.Properties {

  private final ChannelProperties given;
  private final Set<String> headers = new HashSet<>();
  private final Set<String> read = new HashSet<>(Set.of("scheme", "secret"));

  private SchemeProperties(ChannelProperties given) {
    this.given = given;
  }

  /** Lets a scheme read its properties, and refuses what it did not read. */
  static Signature configure(SignatureScheme scheme, ChannelProperties given)
      throws InvalidTriggerException {
    SchemeProperties properties = new SchemeProperties(given);
    try {
      SignatureScheme.Verifier verifier = scheme.configure(properties);
      given.allowOnly("scheme " + scheme.name(), properties.read);
      if (verifier instanceof HmacVerifier built) {
        properties.headers.addAll(built.form().headers());
      }
      return new Signature(verifier, given.secretNames(), Set.copyOf(properties.headers));
    } catch (UnfitPropertyException unfit) {
      throw unfit.reported;
    } catch (IllegalArgumentException foreign) {
      // Its message may quote the value.
      throw new InvalidTriggerException("signature does not fit scheme " + scheme.name());
    }
  }

  /** A property does not fit, with what is told about it. */
  private static final class UnfitPropertyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient InvalidTriggerException reported;

    UnfitPropertyException(InvalidTriggerException reported) {
      super(reported);
      this.reported = reported;
    }
  }

  @Override
  public boolean has(String name) {
    read.add(name);
    return given.has(name);
  }

  @Override
  public String text(String name, String wanted) {
    return get(name, () -> given.text(name, wanted));
  }

  @Override
  public String string(String name) {
    return get(name, () -> given.string(name));
  }

  @Override
  public String header(String name) {
    String header = get(name, () -> given.header(name));
    headers.add(header);
    return header;
  }

  @Override
  public String choice(String name, String defaultValue, Set<String> choices) {
    return get(name, () -> given.choice(name, defaultValue, choices));
  }

  @Override
  public IllegalArgumentException unfit(String name, String wanted) {
    return new UnfitPropertyException(given.unfit(name, wanted));
  }

  private String get(String name, Reading reading) {
    read.add(name);
    try {
      return reading.read();
    } catch (InvalidTriggerException unfit) {
      throw new UnfitPropertyException(unfit);
    }
  }

  private interface Reading {
    String read() throws InvalidTriggerException;
  }
}
