/** What a node remembers of its last calls and webhook requests, and why one was refused. */
@NullMarked
package io.restconnector.journal;

import org.jspecify.annotations.NullMarked;
