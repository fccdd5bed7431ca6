/** One HTTP exchange within one deadline. Knows neither Flowable nor Spring. */
@NullMarked
package io.restconnector.http;

import org.jspecify.annotations.NullMarked;
