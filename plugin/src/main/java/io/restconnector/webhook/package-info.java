/**
 * Turns incoming requests into BPMN events. Triggers are inbound channels of the event registry, so
 * they are deployed, versioned and shared by a cluster like any channel.
 */
@NullMarked
package io.restconnector.webhook;

import org.jspecify.annotations.NullMarked;
