/** An incoming request and its answer: path, headers, body. */
@NullMarked
package io.restconnector.webhook.internal.request;

import org.jspecify.annotations.NullMarked;
