/** Calls as external-worker tasks: jobs of the engine to requests, answers to completed jobs. */
@NullMarked
package io.restconnector.worker;

import org.jspecify.annotations.NullMarked;
