package io.restconnector.webhook.internal.trigger;

import io.restconnector.content.internal.JsonTemplate;
import io.restconnector.content.internal.JsonValues;
import io.restconnector.content.internal.NoJsonFormException;
import io.restconnector.internal.platform.EngineJson;
import io.restconnector.webhook.internal.request.RefusedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.flowable.common.engine.api.FlowableException;
import org.flowable.common.engine.api.delegate.Expression;
import org.flowable.common.engine.impl.javax.el.ELException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Evaluates expressions of a trigger over one request. Tells whose fault a failure is: the
 * request's is refused, the application's is thrown as it is.
 *
 * @param triggerKey of the trigger
 * @param expressions of its templates, by their text
 * @param signing the same request, whose expressions may sign
 */
public record Evaluator(
    String triggerKey,
    Function<String, Expression> expressions,
    RequestScope request,
    RequestScope signing) {

  public Evaluator(Trigger trigger, RequestScope request, RequestScope signing) {
    this(
        trigger.key(),
        text -> Objects.requireNonNull(trigger.expressions().get(text)),
        request,
        signing);
  }

  /** Over the same request, once it is known what it has started or woken. */
  public Evaluator withResult(JsonNode result) {
    return new Evaluator(
        triggerKey, expressions, request.withResult(result), signing.withResult(result));
  }

  public JsonNode template(String property, JsonNode template) throws RefusedException {
    return template(property, template, request);
  }

  /** Of a template whose expressions may sign. */
  public JsonNode signed(String property, JsonNode template) throws RefusedException {
    return template(property, template, signing);
  }

  private JsonNode template(String property, JsonNode template, RequestScope scope)
      throws RefusedException {
    try {
      return JsonTemplate.evaluate(
          template, text -> EngineJson.fromEngine(expressions.apply(text).getValue(scope)));
    } catch (FlowableException | IllegalArgumentException failed) {
      throw refused(property, failed);
    }
  }

  /** The elements of the list that one expression gives, as a process has them. */
  public List<@Nullable Object> list(String property, Expression expression)
      throws RefusedException {
    Object value;
    try {
      value = EngineJson.fromEngine(expression.getValue(request));
    } catch (FlowableException failed) {
      throw refused(property, failed);
    }
    if (value instanceof JsonNode node && node.isArray()) {
      value = node.values();
    }
    if (!(value instanceof Collection<?> elements)) {
      throw unfit(property, "gives no list in this request");
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (Object element : elements) {
      list.add(
          element instanceof JsonNode node && !node.isContainer()
              ? JsonValues.toVariable(node)
              : element);
    }
    return list;
  }

  private RefusedException refused(String property, RuntimeException failed) {
    RefusedException refused = RefusedException.causeOf(failed);
    if (refused != null) {
      return refused;
    }
    boolean isOfApplication =
        failed instanceof FlowableException
            ? !(failed.getCause() instanceof ELException)
                || ExpressionFailure.isOfApplication(failed)
            : NoJsonFormException.isCauseOf(failed);
    if (isOfApplication) {
      throw failed;
    }
    return unfit(property, "cannot be made from this request");
  }

  public RefusedException unfit(String property, String problem) {
    return RefusedException.badRequest(
        "%s of trigger %s %s.".formatted(property, triggerKey, problem));
  }
}
