@NullUnmarked
package io.restconnector.call;

import org.jspecify.annotations.NullUnmarked;
