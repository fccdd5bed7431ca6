@org.jspecify.annotations.NullUnmarked
package io.restconnector.journal;
