/** How entries of the journal are made. */
@NullMarked
package io.restconnector.journal.internal;

import org.jspecify.annotations.NullMarked;
