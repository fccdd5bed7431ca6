package io.restconnector.call.internal;

import io.restconnector.call.internal.Inputs.Input;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the runtime's reader about some inputs of a deployed task, as if the others were fine. */
final class Probe {

  /** A URL that no rule is against. */
  static final String STOCK_URL = "https://host.invalid";

  private final RestAction action;
  private final DeployedInputs inputs;
  private final RequestReader reader;

  Probe(RestAction action, DeployedInputs inputs, RequestReader reader) {
    this.action = action;
    this.inputs = inputs;
    this.reader = reader;
  }

  RestAction action() {
    return action;
  }

  DeployedInputs inputs() {
    return inputs;
  }

  /** Something that the runtime does. */
  @FunctionalInterface
  interface Step {
    void run() throws InvalidInputException;
  }

  /** Why the runtime refuses something, null where it does not. */
  static @Nullable String refusal(Step step) {
    try {
      step.run();
      return null;
    } catch (InvalidInputException refused) {
      return refused.getMessage();
    }
  }

  /** Why the runtime would not send the call, null where it would. */
  @Nullable String refusal(Inputs.Source source) {
    return refusal(() -> reader.readAll(action, new Inputs(source)));
  }

  /** These inputs of the task alone. */
  Inputs.Source only(String... names) {
    Set<String> asked = Set.of(names);
    return name ->
        asked.contains(name)
            ? inputs.find(name, expression -> DeployedInputs.GUESS)
            : name.equals("restUrl") ? new Input(STOCK_URL, null) : null;
  }

  /** A source with another input in place of its own. */
  static Inputs.Source with(Inputs.Source source, String name, Input input) {
    return asked -> asked.equals(name) ? input : source.find(asked);
  }
}
