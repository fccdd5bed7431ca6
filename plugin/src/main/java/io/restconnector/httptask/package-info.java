/** Flowable's own {@code http} tasks over the connector's client: the settings. */
@NullMarked
package io.restconnector.httptask;

import org.jspecify.annotations.NullMarked;
