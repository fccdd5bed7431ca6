/** The REST connector's public API: how an engine is given the connector, and its settings. */
@NullMarked
package io.restconnector;

import org.jspecify.annotations.NullMarked;
