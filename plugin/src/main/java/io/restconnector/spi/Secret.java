package io.restconnector.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A value that nothing prints by accident: neither {@link #toString}, nor a record that holds it,
 * nor a JSON mapper, nor Java serialization shows it.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The value itself, for the moment of its use only. */
  public String reveal() {
    return value;
  }

  /**
   * Whether it is not empty and holds no control character, such as the line break that a file or a
   * shell put behind it.
   */
  public boolean isUsable() {
    return value.matches("[^\\p{Cc}]+");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for all: a hash would tell something about the value. */
  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public String toString() {
    return "***";
  }
}
