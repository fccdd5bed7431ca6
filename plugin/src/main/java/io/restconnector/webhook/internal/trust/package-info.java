/** Checks of the sender: signatures, credentials, rates, and repeated deliveries. */
@NullMarked
package io.restconnector.webhook.internal.trust;

import org.jspecify.annotations.NullMarked;
