package io.restconnector.spring;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The console, which is a jar of its own.
 *
 * @param enabled Whether it is served at /rest-connector/console.
 */
record ConsoleProperties(@DefaultValue("false") boolean enabled) {}
