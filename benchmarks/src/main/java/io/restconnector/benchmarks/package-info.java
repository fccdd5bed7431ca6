/** Side-by-side measurements; every figure of docs/performance.md comes from here. */
@NullMarked
package io.restconnector.benchmarks;

import org.jspecify.annotations.NullMarked;
