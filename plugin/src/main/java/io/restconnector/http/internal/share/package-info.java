/** What all calls to the hosts of a share may use together. */
@NullMarked
package io.restconnector.http.internal.share;

import org.jspecify.annotations.NullMarked;
