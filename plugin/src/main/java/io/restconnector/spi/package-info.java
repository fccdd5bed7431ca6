/**
 * What an application may add to the connector, and the types in the signatures of these
 * interfaces. In Spring Boot each is a bean; elsewhere {@link
 * io.restconnector.RestConnectorConfigurator#builder()} takes them. There may be several of each.
 */
@NullMarked
package io.restconnector.spi;

import org.jspecify.annotations.NullMarked;
