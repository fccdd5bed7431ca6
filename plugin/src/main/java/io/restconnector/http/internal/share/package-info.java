/** What all calls to an origin may use together. */
@NullMarked
package io.restconnector.http.internal.share;

import org.jspecify.annotations.NullMarked;
