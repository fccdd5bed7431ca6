/**
 * Reads the inputs of an activity into a request, and writes its outcome as outputs or an error.
 */
@NullMarked
package io.restconnector.call.internal;

import org.jspecify.annotations.NullMarked;
