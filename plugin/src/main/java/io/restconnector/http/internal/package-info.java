/** Composes the interceptors of a call in their order, up to the exchange. */
@NullMarked
package io.restconnector.http.internal;

import org.jspecify.annotations.NullMarked;
