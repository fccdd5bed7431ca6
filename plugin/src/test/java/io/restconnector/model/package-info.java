@NullMarked
package io.restconnector.model;

import org.jspecify.annotations.NullMarked;
