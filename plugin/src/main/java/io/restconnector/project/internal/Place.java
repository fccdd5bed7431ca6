package io.restconnector.project.internal;

import org.jspecify.annotations.Nullable;

/**
 * A place in a project.
 *
 * @param process id, null outside of processes
 * @param activity id, null for the process as a whole
 */
record Place(String file, @Nullable String process, @Nullable String activity) {

  static Place of(String file) {
    return new Place(file, null, null);
  }

  Place in(String processId) {
    return new Place(file, processId, null);
  }

  Place at(String activityId) {
    return new Place(file, process, activityId);
  }

  @Override
  public String toString() {
    return file
        + (process == null ? "" : ": process '" + process + "'")
        + (activity == null ? "" : ", activity '" + activity + "'");
  }
}
