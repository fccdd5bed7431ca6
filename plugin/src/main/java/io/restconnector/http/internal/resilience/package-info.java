/** Retries and circuit breakers. */
@NullMarked
package io.restconnector.http.internal.resilience;

import org.jspecify.annotations.NullMarked;
