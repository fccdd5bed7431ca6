package io.restconnector.spi;

import org.jspecify.annotations.Nullable;

/**
 * Gives secrets by name, at the moment of their use. The connector keeps none, so a secret that
 * changed is used from the next request on. The default source reads {@code
 * rest-connector.secrets}; an application's sources are asked before it.
 *
 * <p>Threads: several at once, I/O threads among them. It must not block: a source that asks a
 * vault keeps the answer and renews it on a thread of its own.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SecretSource {

  /** The secret of this name, null where this source has none. */
  @Nullable Secret find(String name);
}
