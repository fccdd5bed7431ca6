/**
 * Side-by-side measurements; the figures of docs/performance.md come from here, where it names no
 * other source.
 */
@NullMarked
package io.restconnector.benchmarks;

import org.jspecify.annotations.NullMarked;
