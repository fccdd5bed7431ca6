@NullUnmarked
package io.restconnector.call.internal;

import org.jspecify.annotations.NullUnmarked;
