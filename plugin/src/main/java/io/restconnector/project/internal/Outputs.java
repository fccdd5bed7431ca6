package io.restconnector.project.internal;

import io.restconnector.call.internal.OutputVariables;
import io.restconnector.call.internal.RestAction;
import java.util.ArrayList;
import java.util.List;

/** The names of outputs, one of which has two. */
final class Outputs {

  private static final String HEADERS = "restResponseHeaders";
  private static final String HEADERS_ELSEWHERE = "responseHeaders";

  private Outputs() {}

  static String canonical(String name) {
    return name.equals(HEADERS_ELSEWHERE) ? HEADERS : name;
  }

  /** The outputs of a call under each of their names. */
  static OutputVariables named(OutputVariables variables) {
    return variables.withSecondName(HEADERS, HEADERS_ELSEWHERE);
  }

  /**
   * The outputs of an action.
   *
   * @param names those of the connector's file, in which every output may have its other name
   */
  static List<String> names(RestAction action, List<String> names) {
    List<String> outputs = new ArrayList<>();
    for (String output : action.outputs()) {
      outputs.add(
          names.stream().filter(name -> canonical(name).equals(output)).findFirst().orElse(output));
    }
    return outputs;
  }
}
