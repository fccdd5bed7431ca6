/** Events that came before anything waited for them: kept, and delivered when something does. */
@NullMarked
package io.restconnector.webhook.internal.early;

import org.jspecify.annotations.NullMarked;
