/** How a table of the connector is made and asked; each table is in the package that uses it. */
@NullMarked
package io.restconnector.webhook.internal.table;

import org.jspecify.annotations.NullMarked;
