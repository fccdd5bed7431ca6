/** What a REST call task of Alfresco Process Services says, and what is made of it. */
@NullMarked
package io.restconnector.aps.internal;

import org.jspecify.annotations.NullMarked;
