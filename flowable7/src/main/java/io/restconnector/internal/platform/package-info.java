/**
 * What differs between the lines of Flowable and Spring Boot, here for Flowable 7 and Spring Boot
 * 3.5. The classes are those of the package of this name in the plugin, and what they need. Not
 * API.
 */
@NullMarked
package io.restconnector.internal.platform;

import org.jspecify.annotations.NullMarked;
