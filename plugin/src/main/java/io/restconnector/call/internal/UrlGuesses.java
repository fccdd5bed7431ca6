package io.restconnector.call.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the expressions of a restUrl may give: a URL is wrong in the model if none of it fits. */
final class UrlGuesses {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\+?([^{}]*)\\}");

  /** So many expressions are guessed each on its own; more would take too long. */
  private static final int INDEPENDENT = 3;

  /** A part of a host, segment or port; and what else may stand at a place of a URL. */
  private static final List<String> LATER =
      List.of(
          DeployedInputs.GUESS,
          "/" + DeployedInputs.GUESS,
          "",
          "?a=b",
          "https",
          "s",
          "//host.invalid",
          "://host.invalid",
          "::1");

  private UrlGuesses() {}

  /**
   * Values for the expressions in their order, the likely ones first.
   *
   * @param isLeading whether the first expression begins the URL
   * @param base a URL that the call may go to
   */
  static List<List<String>> of(int expressions, boolean isLeading, String base) {
    List<List<String>> guesses = new ArrayList<>();
    guesses.add(List.of());
    for (int i = 0; i < expressions; i++) {
      List<String> choices = i == 0 && isLeading ? List.of(base, "https", base + "/") : LATER;
      List<List<String>> longer = new ArrayList<>();
      for (List<String> guess : guesses) {
        for (String choice : i < INDEPENDENT ? choices : List.of(guess.get(i - 1))) {
          List<String> next = new ArrayList<>(guess);
          next.add(choice);
          longer.add(next);
        }
      }
      guesses = longer;
    }
    return guesses;
  }

  /** Values for every placeholder that a URL may have. */
  static ObjectNode placeholders(String restUrl) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    PLACEHOLDER
        .matcher(restUrl)
        .results()
        .map((MatchResult match) -> match.group(1))
        .forEach(name -> params.put(name, DeployedInputs.GUESS));
    return params;
  }
}
