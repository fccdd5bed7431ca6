/** The REST call tasks of Alfresco Process Services over the connector's client. */
@NullMarked
package io.restconnector.aps;

import org.jspecify.annotations.NullMarked;
