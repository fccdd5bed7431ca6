package io.restconnector.aps.internal;

import io.restconnector.aps.RestCallDelegate;
import io.restconnector.call.internal.InvalidInputException;
import io.restconnector.call.internal.RestAction;
import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.ModelText;
import io.restconnector.content.internal.TypedTemplate;
import io.restconnector.http.AccessSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.flowable.bpmn.model.ImplementationType;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;

/** Finds what cannot work in a REST call task before it runs. */
public final class RestCallCheck {

  /** Something wrong with one field or element. */
  public record Fault(String field, String message, boolean isError) {}

  private static final Pattern BEAN =
      Pattern.compile("\\s*[$#]\\{\\s*" + RestCallDelegate.BEAN_NAME + "\\s*}\\s*");
  private static final Set<RestAction> WITHOUT_BODY =
      Set.of(RestAction.GET, RestAction.HEAD, RestAction.OPTIONS);

  private final RestCallModel model;
  private final Consumer<String> parser;
  private final List<Fault> faults = new ArrayList<>();

  private RestCallCheck(ServiceTask task, Consumer<String> parser) {
    model = RestCallModel.of(task, task.getFieldExtensions());
    this.parser = parser;
  }

  /** Whether the task is one. */
  public static boolean concerns(ServiceTask task) {
    return ImplementationType.IMPLEMENTATION_TYPE_DELEGATEEXPRESSION.equals(
            task.getImplementationType())
        && task.getImplementation() != null
        && BEAN.matcher(task.getImplementation()).matches();
  }

  /**
   * What is wrong with a REST call task.
   *
   * @param access what the node has, null where nobody knows
   * @param parser takes an expression, throws a RuntimeException where it cannot be parsed
   */
  public static List<Fault> faults(
      ServiceTask task, @Nullable AccessSettings access, Consumer<String> parser) {
    RestCallCheck check = new RestCallCheck(task, parser);
    check.fields();
    check.endpoint(access);
    check.url();
    RestAction action = check.method();
    check.body(action);
    check.elements();
    return check.faults;
  }

  private void error(String field, String message) {
    faults.add(new Fault(field, message, true));
  }

  private void fields() {
    model.fields().entrySet().stream()
        .filter(each -> !each.getKey().equals(RestCallModel.TEMPLATE))
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> parse(each.getKey(), ModelText.parse(each.getValue())));
  }

  private void parse(String field, ModelText text) {
    if (text.isMixed()) {
      error(field, field + " is text that mixes ${ and #{");
      return;
    }
    for (ModelText.Part part : text.parts()) {
      if (part.isExpression()) {
        try {
          parser.accept(part.text());
        } catch (RuntimeException malformed) {
          error(field, "%s has the malformed expression %s".formatted(field, part.text()));
        }
      }
    }
  }

  private static @Nullable String literal(@Nullable String text) {
    return text == null || ModelText.parse(text).hasExpressions() ? null : text;
  }

  private void endpoint(@Nullable AccessSettings access) {
    String name = model.field(RestCallModel.BASE_ENDPOINT_NAME);
    String id = model.field(RestCallModel.BASE_ENDPOINT);
    boolean isKnown =
        (name == null || literal(name) != null) && (id == null || literal(id) != null);
    if (access == null || !model.hasEndpoint() || !isKnown) {
      return;
    }
    try {
      RestCallEndpoint.find(access, model.endpointField(), name, id);
    } catch (InvalidInputException unknown) {
      error(model.endpointField(), String.valueOf(unknown.getMessage()));
    }
  }

  private void url() {
    String url = model.field(RestCallModel.REST_URL);
    try {
      if (url == null && !model.hasEndpoint()) {
        throw new InvalidInputException(RestCallInputs.NO_URL);
      }
      if (url != null && model.hasEndpoint()) {
        RestCallEndpoint.checkRelative(ModelText.parse(url).parts());
      }
    } catch (InvalidInputException wrong) {
      error(RestCallModel.REST_URL, String.valueOf(wrong.getMessage()));
    }
  }

  /** Null where it is not known. */
  private @Nullable RestAction method() {
    String method = model.field(RestCallModel.HTTP_METHOD);
    if (method != null && literal(method) == null) {
      return null;
    }
    try {
      return RestCallInputs.action(method);
    } catch (InvalidInputException wrong) {
      error(RestCallModel.HTTP_METHOD, String.valueOf(wrong.getMessage()));
      return null;
    }
  }

  private void body(@Nullable RestAction action) {
    String template = model.field(RestCallModel.TEMPLATE);
    if (template == null) {
      return;
    }
    try {
      TypedTemplate.parse(template).forEachExpression(each -> parse(RestCallModel.TEMPLATE, each));
    } catch (JsonText.NoJsonException none) {
      error(RestCallModel.TEMPLATE, RestCallPayload.noJson(none));
    }
    if (action != null && WITHOUT_BODY.contains(action)) {
      faults.add(
          new Fault(
              RestCallModel.TEMPLATE,
              "%s is not sent with %s".formatted(RestCallModel.TEMPLATE, action),
              false));
    } else if (!model.requestMappings().isEmpty() && action != RestAction.DELETE) {
      error(RestCallModel.TEMPLATE, RestCallPayload.TWO_BODIES);
    }
  }

  private void elements() {
    model
        .headers()
        .forEach(each -> parse(RestCallModel.HEADER_ELEMENT, ModelText.parse(each.value())));
    for (RestCallModel.RequestMapping each : model.requestMappings()) {
      parse(RestCallModel.REQUEST_ELEMENT, ModelText.parse(each.value()));
      if (each.property().isEmpty()) {
        error(RestCallModel.REQUEST_ELEMENT, "jsonPropertyName is missing, wanted a name");
      }
    }
    for (ResponseMapping each : model.responseMappings()) {
      if (each.variable().isEmpty()) {
        error(RestCallModel.RESPONSE_ELEMENT, "processVariableName is missing, wanted a name");
      }
    }
  }
}
