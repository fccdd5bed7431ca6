@NullMarked
package io.restconnector.httptask;

import org.jspecify.annotations.NullMarked;
