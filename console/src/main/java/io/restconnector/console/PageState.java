package io.restconnector.console;

import io.restconnector.journal.Overview;
import org.jspecify.annotations.Nullable;

/**
 * What the page asks for first.
 *
 * @param contextPath of the application, before the path of each trigger
 * @param csrf what Spring Security wants with each request that acts; null without it
 */
record PageState(String contextPath, @Nullable CsrfHeader csrf, Overview connector) {}
