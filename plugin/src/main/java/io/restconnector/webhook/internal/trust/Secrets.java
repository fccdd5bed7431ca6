package io.restconnector.webhook.internal.trust;

import org.jspecify.annotations.Nullable;

/** The configured secrets. */
@FunctionalInterface
public interface Secrets {

  /** The value of a secret, null where none has this name. */
  @Nullable String find(String name);
}
