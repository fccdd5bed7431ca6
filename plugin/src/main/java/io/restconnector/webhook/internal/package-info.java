/** The road of an incoming request: reading, checking, firing, answering. */
@NullMarked
package io.restconnector.webhook.internal;

import org.jspecify.annotations.NullMarked;
