package io.restconnector.project.internal;

import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.ModelText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Tells what cannot run in a project, and what runs otherwise than its files say. */
record ProjectCheck(Set<String> authentications, Consumer<String> parser, Faults faults) {

  /** Of a channel. They are no templates. */
  private static final Set<String> NAMES = Set.of("key", "name");

  private static final List<String> MAPS = List.of("restUrlParams", "requestHeaders");

  /**
   * Checks a project.
   *
   * @param hasRegistry whether webhooks can be received
   */
  void check(BoundProject bound, boolean hasRegistry) {
    Project project = bound.project();
    for (ModelScan.Task task : project.tasks()) {
      MappedTask mapped = bound.bindings().find(task.process(), task.id());
      if (mapped != null) {
        check(task, mapped, project);
      }
    }
    for (Map.Entry<String, ProcessExtensions> process : project.processes().entrySet()) {
      check(process.getKey(), process.getValue(), bound.bindings());
    }
    Authentications.check(project.authentications(), authentications, faults);
    for (TriggerFile trigger : project.triggers()) {
      for (Map.Entry<String, JsonNode> each : trigger.channel().properties()) {
        if (!NAMES.contains(each.getKey())) {
          List<String> expressions = new ArrayList<>();
          MappedTask.addExpressions(each.getValue(), expressions);
          check(Place.of(trigger.file()), "its " + each.getKey(), expressions);
        }
      }
      if (!hasRegistry) {
        faults.error(Place.of(trigger.file()), "wants an event registry, which this engine lacks");
      }
    }
  }

  private void check(ModelScan.Task task, MappedTask mapped, Project project) {
    Place place = task.place();
    if (!mapped.mapping().mapsAllInputs()) {
      for (String input : mapped.mapping().inputs().keySet()) {
        checkInput(place, input, mapped);
      }
    }
    for (String input : mapped.constants().keySet()) {
      checkInput(place, input, mapped);
    }
    if (mapped.mapping().mapsAllOutputs()) {
      mapped.writtenNames().forEach(output -> checkOutput(place, output, mapped));
    } else {
      mapped
          .mapping()
          .outputs()
          .forEach(
              (output, mapping) -> {
                if (checkOutput(place, output, mapped) && !mapped.isThere(mapping)) {
                  faults.warning(
                      place,
                      "the output '%s' is skipped, since %s has no output '%s'"
                          .formatted(output, mapped.action(), mapping.value().asString("")));
                }
              });
    }
    Place file =
        project.processes().containsKey(task.process())
            ? Place.of(project.extensions(task.process()).file()).in(task.process()).at(task.id())
            : place;
    mapped.expressions().forEach((what, texts) -> check(file, what, texts));
    for (String map : MAPS) {
      Mapping mapping = mapped.mapping().inputs().get(map);
      if (!mapped.mapping().mapsAllInputs() && mapping != null && !isMap(mapping)) {
        faults.error(file, "the input '%s' is no JSON map".formatted(map));
      }
    }
  }

  /** Whether it can be one: what variables and expressions give is not known yet. */
  private static boolean isMap(Mapping mapping) {
    JsonNode value = mapping.value();
    if (mapping.kind() == Mapping.Kind.VARIABLE || value.isNull() || value.isMissingNode()) {
      return true;
    }
    if (!value.isString()) {
      return value.isObject();
    }
    String text = value.stringValue().strip();
    if (text.isEmpty()
        || (mapping.kind() == Mapping.Kind.VALUE && ModelText.parse(text).isOneExpression())) {
      return true;
    }
    try {
      return JsonText.parse(text).isObject();
    } catch (IllegalArgumentException noJson) {
      return false;
    }
  }

  private boolean checkOutput(Place place, String output, MappedTask mapped) {
    boolean isDeclared = mapped.properties().containsKey(output);
    if (!isDeclared) {
      faults.warning(
          place,
          "the output '%s' is skipped, since the process declares no such property"
              .formatted(output));
    }
    return isDeclared;
  }

  private void checkInput(Place place, String input, MappedTask mapped) {
    if (!mapped.action().inputs().contains(input)) {
      faults.warning(
          place,
          "the input '%s' is dropped, since %s has no such input"
              .formatted(input, mapped.action().name()));
    }
  }

  private void check(String process, ProcessExtensions extensions, Bindings bindings) {
    Place place = Place.of(extensions.file()).in(process);
    for (Property property : extensions.properties().values()) {
      check(place, "the property " + property.name(), PropertyDefaults.expressions(property));
      if (PropertyDefaults.expressions(property).isEmpty()) {
        try {
          PropertyType.convert(property.type(), property.value());
        } catch (IllegalArgumentException unfit) {
          faults.error(
              place, "the property '%s' has %s".formatted(property.name(), unfit.getMessage()));
        }
      }
    }
    extensions
        .mappings()
        .forEach(
            (activity, mapping) -> {
              if (bindings.find(process, activity) == null) {
                faults.warning(
                    place.at(activity), "its mapping is not read, since it is no REST task");
              }
            });
  }

  private void check(Place place, String what, List<String> expressions) {
    for (String expression : expressions) {
      if (Functions.check(expression, what, place, faults)) {
        try {
          parser.accept(expression);
        } catch (RuntimeException malformed) {
          faults.error(
              place,
              "%s has an expression that cannot be parsed, or that calls a function that this engine does not have"
                  .formatted(what));
        }
      }
    }
  }
}
