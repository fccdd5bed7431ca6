/** Composes the steps of an incoming request: reading, checking, delivering, answering. */
@NullMarked
package io.restconnector.webhook.internal;

import org.jspecify.annotations.NullMarked;
