package io.restconnector.call.internal;

import io.restconnector.call.internal.Inputs.Input;
import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.ModelText;
import io.restconnector.http.AccessSettings;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.IOParameter;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the runtime will refuse in a task, whatever its expressions and variables give. It asks the
 * code of the runtime, input by input, with guesses for what is not known yet.
 */
public final class TaskCheck {

  /**
   * Something wrong in the model.
   *
   * @param field that is wrong, or the name of the element where it is no field
   */
  public record Fault(String field, String message) {}

  private static final List<String> SCALARS =
      List.of("restUrlEncoded", "timeout", "circuitBreaker", "maxAttempts", "retryBackoff");
  private static final String MAPPING = "outputMapping";

  private static final Set<String> NOT_READ_WITH_OTHERS =
      Set.of(MAPPING, "outputScope", "authentication", PollInput.NAME);

  private final RestAction action;
  private final Set<String> names;
  private final boolean isDelegate;
  private final TaskParameters parameters;
  private final DeployedInputs inputs;
  private final Probe probe;
  private final Set<String> wrong = new HashSet<>();
  private final Set<Fault> faults = new LinkedHashSet<>();

  /**
   * Prepares the check of one task.
   *
   * @param reader of the runtime
   * @param parser takes an expression, throws a RuntimeException where it cannot be parsed
   */
  public TaskCheck(
      RestAction action, ServiceTask task, RequestReader reader, Consumer<String> parser) {
    this.action = action;
    names = action.fields();
    isDelegate = !(task instanceof ExternalWorkerServiceTask);
    parameters = TaskParameters.of(task);
    inputs = new DeployedInputs(task, parameters, parser);
    probe = new Probe(action, inputs, reader);
  }

  /**
   * What cannot work.
   *
   * @param access what this node has, null where nobody knows
   */
  public List<Fault> errors(@Nullable AccessSettings access) {
    checkNames();
    if (!isSound()) {
      checkEach();
    }
    checkOutputs();
    add("authentication", new AuthenticationCheck(probe).refusal(access, wrong));
    return List.copyOf(faults);
  }

  /**
   * Whether the runtime takes all that is known at once. Then it takes each, and nothing else need
   * be asked: a right model costs one reading.
   */
  private boolean isSound() {
    for (String name : names) {
      boolean isRead =
          SCALARS.contains(name)
              ? inputs.isLiteral(name)
              : inputs.isKnown(name) && !NOT_READ_WITH_OTHERS.contains(name);
      if (!isRead) {
        checkExpressions(name);
      }
    }
    PayloadCheck payload = new PayloadCheck(probe);
    boolean isJson = payload.isJson();
    Inputs.Source url = new UrlCheck(probe, wrong).likely();
    String refusal =
        probe.refusal(
            name -> {
              if (name.startsWith("restUrl")) {
                return url.find(name);
              }
              if (name.equals("requestPayload")) {
                return isJson ? null : payload.likely();
              }
              boolean isFound =
                  SCALARS.contains(name)
                      ? inputs.isLiteral(name)
                      : name.equals("requestHeaders") && inputs.isKnown(name);
              return isFound ? inputs.find(name, text -> DeployedInputs.GUESS) : null;
            });
    return refusal == null && !inputs.hasMalformed();
  }

  private void checkEach() {
    names.forEach(this::checkExpressions);
    for (String name : SCALARS) {
      add(name, inputs.isLiteral(name) ? probe.refusal(probe.only(name)) : null);
    }
    checkMap("restUrlParams");
    checkMap("requestHeaders");
    add("restUrl", new UrlCheck(probe, wrong).refusal());
    if (action.readsPayload()) {
      add("requestPayload", isFine("requestHeaders") ? new PayloadCheck(probe).refusal() : null);
    }
  }

  /** What works, but should not be so. */
  public List<Fault> warnings() {
    return new AuthenticationCheck(probe)
        .literalCredentials().stream()
            .map(
                header ->
                    new Fault(
                        "requestHeaders",
                        "requestHeaders has '%s' as a literal, which everybody can read who sees the model, wanted an authentication of the configuration"
                            .formatted(header)))
            .toList();
  }

  private boolean isFine(String field) {
    return !wrong.contains(field);
  }

  /** One fault for each field but what may stand in several places of it. */
  private void add(String field, @Nullable String message) {
    if (message != null && inputs.malformed(field).isEmpty()) {
      wrong.add(field);
      faults.add(new Fault(field, message));
    }
  }

  private void checkNames() {
    for (String name : inputs.fields()) {
      add(
          name == null ? "flowable:field" : name,
          Probe.refusal(() -> InputNames.checkField(action, name, names, !isDelegate)));
      if (!isDelegate && !parameters.out().isEmpty() && InputNames.OUTPUT_FIELDS.contains(name)) {
        add(name, name + " is a field beside flowable:out, wanted one of the two");
      }
    }
    for (IOParameter in : parameters.in()) {
      checkParameter("flowable:in", new TaskParameters(List.of(in), List.of()));
    }
    for (IOParameter out : parameters.out()) {
      checkParameter("flowable:out", new TaskParameters(List.of(), List.of(out)));
      if (out.getSource() == null && out.getSourceExpression() != null) {
        parse("flowable:out", ModelText.parse(out.getSourceExpression().strip()));
      }
    }
  }

  private void checkParameter(String element, TaskParameters alone) {
    add(
        element,
        isDelegate
            ? element + " stands at a delegate, which does not read it, wanted a field"
            : Probe.refusal(() -> alone.check(action)));
  }

  private void checkExpressions(String name) {
    ModelInput input = inputs.get(name);
    if (input != null) {
      parse(name, input.parts());
      JsonNode template = input.isTemplate() ? input.tree() : null;
      if (template != null && !SCALARS.contains(name)) {
        if (!inputs.parse(name, template) && name.equals(MAPPING)) {
          addMixed(template); // the others are read as the runtime does it
        }
        report(name);
      }
    }
  }

  private void addMixed(JsonNode mapping) {
    try {
      JsonTemplate.evaluate(mapping, text -> DeployedInputs.GUESS);
    } catch (IllegalArgumentException mixed) {
      add(MAPPING, MAPPING + " is " + mixed.getMessage());
    }
  }

  private void parse(String field, ModelText text) {
    inputs.parse(field, text);
    report(field);
  }

  private void report(String field) {
    for (String expression : inputs.malformed(field)) {
      wrong.add(field);
      faults.add(
          new Fault(
              field,
              "%s has the expression %s, which cannot be parsed".formatted(field, expression)));
    }
  }

  private void checkMap(String name) {
    if (!inputs.isKnown(name)) {
      return;
    }
    add(name, Probe.refusal(() -> new Inputs(probe.only(name)).map(name)));
    if (isFine(name) && inputs.tree(name) instanceof ObjectNode map) {
      for (Map.Entry<String, JsonNode> each : map.properties()) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.set(each.getKey(), each.getValue());
        Input input = new Input(alone, inputs.parsing(name, text -> DeployedInputs.GUESS));
        add(name, probe.refusal(Probe.with(probe.only(), name, input)));
      }
    }
    if (isFine(name)) {
      add(name, probe.refusal(probe.only(name)));
    }
  }

  private void checkOutputs() {
    add(MAPPING, OutputMapping.refusal(inputs));
    if (isFine(PollInput.NAME)) {
      add(PollInput.NAME, PollInput.refusal(inputs));
    }
    if (inputs.isLiteral("outputScope")) {
      add(
          "outputScope",
          Probe.refusal(() -> ExecutionInputs.isLocal(new Inputs(probe.only("outputScope")))));
    }
  }
}
