/** The road of a call as a list of interceptors, and what travels along it. */
@NullMarked
package io.restconnector.http.internal.chain;

import org.jspecify.annotations.NullMarked;
