/** Deployed triggers: how channel files are read and found by path. */
@NullMarked
package io.restconnector.webhook.internal.trigger;

import org.jspecify.annotations.NullMarked;
