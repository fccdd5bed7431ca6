/** The connector's own tables in the engine's database. */
@NullMarked
package io.restconnector.webhook.internal.table;

import org.jspecify.annotations.NullMarked;
