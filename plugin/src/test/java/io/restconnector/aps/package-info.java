@NullMarked
package io.restconnector.aps;

import org.jspecify.annotations.NullMarked;
