/** Credentials of a call, and where they may go. */
@NullMarked
package io.restconnector.http.internal.auth;

import org.jspecify.annotations.NullMarked;
