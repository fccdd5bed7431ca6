/** Answers that a process gives to a request, when it is as far as the trigger wants it. */
@NullMarked
package io.restconnector.webhook.internal.respond;

import org.jspecify.annotations.NullMarked;
