/** Settings of the HTTP client, which is in {@code internal}. Knows neither Flowable nor Spring. */
@NullMarked
package io.restconnector.http;

import org.jspecify.annotations.NullMarked;
