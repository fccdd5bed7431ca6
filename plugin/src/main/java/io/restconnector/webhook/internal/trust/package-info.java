/** Whether the sender is who it says: signatures, credentials, rates. */
@NullMarked
package io.restconnector.webhook.internal.trust;

import org.jspecify.annotations.NullMarked;
