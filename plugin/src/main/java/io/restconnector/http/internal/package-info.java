/** Composes the road of a call: what stands around it, in which order, until the exchange. */
@NullMarked
package io.restconnector.http.internal;

import org.jspecify.annotations.NullMarked;
