/** Tests of processes that call and are called: stubbed calls, and webhooks without a container. */
@NullMarked
package io.restconnector.testing;

import org.jspecify.annotations.NullMarked;
