/** What a matched trigger does in the engine, in one transaction. */
@NullMarked
package io.restconnector.webhook.internal.delivery;

import org.jspecify.annotations.NullMarked;
