/** Engine internals that calls, webhooks and the worker share. Not API. */
@NullMarked
package io.restconnector.internal;

import org.jspecify.annotations.NullMarked;
