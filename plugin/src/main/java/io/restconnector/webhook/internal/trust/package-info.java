/** Whether the sender is who it says, and has sent this before: signatures, credentials, rates. */
@NullMarked
package io.restconnector.webhook.internal.trust;

import org.jspecify.annotations.NullMarked;
