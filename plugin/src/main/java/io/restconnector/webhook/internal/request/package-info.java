/** What a sender sent, and what the sender is answered. */
@NullMarked
package io.restconnector.webhook.internal.request;

import org.jspecify.annotations.NullMarked;
