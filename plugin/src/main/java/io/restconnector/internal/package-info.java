/** What calls, webhooks and the worker share of the engine's ways to fail. No API. */
@NullMarked
package io.restconnector.internal;

import org.jspecify.annotations.NullMarked;
