/** The properties of a channel file, and what is wrong with one. */
@NullMarked
package io.restconnector.webhook.internal.channel;

import org.jspecify.annotations.NullMarked;
