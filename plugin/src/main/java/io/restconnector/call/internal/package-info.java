/** From the inputs of an activity to a request, and from its outcome to outputs or an error. */
@NullMarked
package io.restconnector.call.internal;

import org.jspecify.annotations.NullMarked;
