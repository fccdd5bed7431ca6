package io.restconnector.webhook.internal.early;

import io.restconnector.webhook.internal.delivery.KeptAction.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What something waits for.
 *
 * @param key by which it finds events, null for every event of the name
 */
record Awaited(Kind kind, String name, @Nullable String key) {}
