/** Which addresses may be connected to. */
@NullMarked
package io.restconnector.http.internal.egress;

import org.jspecify.annotations.NullMarked;
