@org.jspecify.annotations.NullMarked
package io.restconnector.console;
