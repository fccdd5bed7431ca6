/** The connector in Spring Boot: auto-configuration and the binding of its properties. */
@NullMarked
package io.restconnector.spring;

import org.jspecify.annotations.NullMarked;
