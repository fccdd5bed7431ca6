/** What both directions share: media types, JSON values and JSON templates. Depends on nothing. */
@NullMarked
package io.restconnector.content.internal;

import org.jspecify.annotations.NullMarked;
