/** Bodies of requests and responses: sending, receiving within limits, decoding. */
@NullMarked
package io.restconnector.http.internal.body;

import org.jspecify.annotations.NullMarked;
