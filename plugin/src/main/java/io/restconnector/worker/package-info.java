/** External-worker tasks: jobs of the engine become requests, and answers complete the jobs. */
@NullMarked
package io.restconnector.worker;

import org.jspecify.annotations.NullMarked;
