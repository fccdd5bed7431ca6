/** A test kit for processes: stubbed calls, and webhooks without a container. */
@NullMarked
package io.restconnector.testing;

import org.jspecify.annotations.NullMarked;
