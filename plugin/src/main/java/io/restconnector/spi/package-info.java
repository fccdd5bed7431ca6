/**
 * What an application may add to the connector, and the types in the signatures of these
 * interfaces. In Spring Boot each is a bean; elsewhere {@link
 * io.restconnector.RestConnectorConfigurator#builder()} takes them. Several of a kind take their
 * place side by side.
 */
@NullMarked
package io.restconnector.spi;

import org.jspecify.annotations.NullMarked;
