/** The checks of a request at each trigger of its path, and their order. */
@NullMarked
package io.restconnector.webhook.internal.check;

import org.jspecify.annotations.NullMarked;
