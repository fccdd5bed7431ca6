/** Flowable's own {@code http} tasks over the connector's client. */
@NullMarked
package io.restconnector.httptask.internal;

import org.jspecify.annotations.NullMarked;
