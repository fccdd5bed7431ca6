/** Retries, circuit breakers, and the places that calls take in shares. */
@NullMarked
package io.restconnector.http.internal.resilience;

import org.jspecify.annotations.NullMarked;
