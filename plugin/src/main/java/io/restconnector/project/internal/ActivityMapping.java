package io.restconnector.project.internal;

import java.util.Map;

/**
 * How variables and an activity exchange values.
 *
 * @param mapsAllInputs whether every variable is an input; {@code inputs} does not count then
 * @param mapsAllOutputs whether every output is a variable; {@code outputs} does not count then
 */
record ActivityMapping(
    boolean mapsAllInputs,
    boolean mapsAllOutputs,
    Map<String, Mapping> inputs,
    Map<String, Mapping> outputs) {

  /** Of an activity that the file does not map. */
  static final ActivityMapping NONE = new ActivityMapping(false, false, Map.of(), Map.of());

  /** Of an activity that the file does not map, in the older form. */
  static final ActivityMapping ALL = new ActivityMapping(true, true, Map.of(), Map.of());
}
