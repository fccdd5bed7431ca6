/**
 * What an application may add to the connector, and the types in the signatures of these
 * interfaces. In Spring Boot each is a bean; elsewhere {@link
 * io.restconnector.RestConnectorConfigurator#builder()} takes them. Several of a kind work
 * together.
 */
@NullMarked
package io.restconnector.spi;

import org.jspecify.annotations.NullMarked;
