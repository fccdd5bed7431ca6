/** What an application may add to the connector, and the types that stand in those interfaces. */
@NullMarked
package io.restconnector.spi;

import org.jspecify.annotations.NullMarked;
