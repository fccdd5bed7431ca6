@NullMarked
package io.restconnector.model.internal;

import org.jspecify.annotations.NullMarked;
