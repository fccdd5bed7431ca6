/** What calls, webhooks and the worker share of what they know of the engine. No API. */
@NullMarked
package io.restconnector.internal;

import org.jspecify.annotations.NullMarked;
