package io.restconnector.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that the engine tries no more.
 *
 * @param job its id
 * @param instance id of the process instance, null for a job of none
 * @param activity id of its task, null where it is none
 * @param message of its last failure, null for none
 * @param time when it was created
 * @since 0.1
 */
public record DeadLetter(
    String job,
    @Nullable String instance,
    @Nullable String activity,
    @Nullable String message,
    Instant time) {}
