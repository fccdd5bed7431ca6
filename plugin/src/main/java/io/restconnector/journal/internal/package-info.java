/** How entries are made, and how requests are explained, previewed and sent again. */
@NullMarked
package io.restconnector.journal.internal;

import org.jspecify.annotations.NullMarked;
