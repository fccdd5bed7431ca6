/** The life of an external-worker job on a node. */
@NullMarked
package io.restconnector.worker.internal;

import org.jspecify.annotations.NullMarked;
