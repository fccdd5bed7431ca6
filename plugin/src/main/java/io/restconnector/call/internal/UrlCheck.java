package io.restconnector.call.internal;

import static io.restconnector.call.internal.Probe.with;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.content.internal.ModelText;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether some values of its expressions make a URL of restUrl and restUrlParams. */
final class UrlCheck {

  private static final String URL = "restUrl";
  private static final String PARAMS = "restUrlParams";

  private static final String ENCODED = "restUrlEncoded";

  private final Probe probe;
  private final Set<String> wrong;

  /**
   * Prepares the check.
   *
   * @param wrong inputs that the runtime refuses by themselves
   */
  UrlCheck(Probe probe, Set<String> wrong) {
    this.probe = probe;
    this.wrong = wrong;
  }

  /** Why the runtime would refuse it whatever the values are, else null. */
  @Nullable String refusal() {
    ModelInput url = probe.inputs().get(URL);
    if (url == null || url.parts().isOneExpression()) {
      return null;
    }
    List<ModelText.Part> parts = url.parts().parts();
    int expressions = (int) parts.stream().filter(ModelText.Part::isExpression).count();
    boolean isLeading = !parts.isEmpty() && parts.get(0).isExpression();
    String message = null;
    for (List<String> guess : UrlGuesses.of(expressions, isLeading, Probe.STOCK_URL)) {
      String refusal = probe.refusal(source(guess));
      if (refusal == null) {
        return null;
      }
      message = message == null ? refusal : message;
    }
    return message;
  }

  /** With the likeliest values, or another URL where the model has none. */
  Inputs.Source likely() {
    ModelInput url = probe.inputs().get(URL);
    if (url == null || url.parts().isOneExpression()) {
      return probe.only(
          Stream.of(PARAMS, ENCODED).filter(probe.inputs()::isKnown).toArray(String[]::new));
    }
    List<ModelText.Part> parts = url.parts().parts();
    boolean isLeading = !parts.isEmpty() && parts.get(0).isExpression();
    return source(isLeading ? List.of(Probe.STOCK_URL) : List.of());
  }

  /** The URL of the model with its parameters, or guesses for those that nobody knows. */
  Inputs.Source source(List<String> guess) {
    Iterator<String> values = guess.iterator();
    Inputs.Source others =
        wrong.contains(ENCODED) || !probe.inputs().isLiteral(ENCODED)
            ? probe.only(PARAMS)
            : probe.only(PARAMS, ENCODED);
    if (!probe.inputs().isKnown(PARAMS) || wrong.contains(PARAMS)) {
      String text = String.valueOf(probe.inputs().text(URL));
      others = with(others, PARAMS, new Input(UrlGuesses.placeholders(text), null));
    }
    Inputs.Source rest = others;
    return name ->
        name.equals(URL)
            ? probe
                .inputs()
                .find(URL, text -> values.hasNext() ? values.next() : DeployedInputs.GUESS)
            : rest.find(name);
  }
}
