/**
 * The console: a page for people that shows what the connector does. It is built on the plugin's
 * public API only.
 */
@NullMarked
package io.restconnector.console;

import org.jspecify.annotations.NullMarked;
