package io.restconnector.project.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What cannot run in a project, and what runs otherwise than its files say. */
final class Faults {

  private final Set<String> errors = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  void error(Place place, String message) {
    errors.add(place + ": " + message);
  }

  void warning(Place place, String message) {
    warnings.add(place + ": " + message);
  }

  void addAll(Faults others) {
    errors.addAll(others.errors);
    warnings.addAll(others.warnings);
  }

  List<String> errors() {
    return new ArrayList<>(errors);
  }

  List<String> warnings() {
    return new ArrayList<>(warnings);
  }
}
