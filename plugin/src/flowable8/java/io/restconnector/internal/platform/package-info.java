/**
 * What differs between the lines of Flowable and Spring Boot. The module {@code flowable7} has a
 * package of this name with these classes and what they need there, and compiles all other sources
 * of the plugin as they are. Not API.
 */
@NullMarked
package io.restconnector.internal.platform;

import org.jspecify.annotations.NullMarked;
