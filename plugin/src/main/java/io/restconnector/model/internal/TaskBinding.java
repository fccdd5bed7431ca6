package io.restconnector.model.internal;

import io.restconnector.call.RestDelegate;
import io.restconnector.call.internal.RestAction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowable.bpmn.model.ExternalWorkerServiceTask;
import org.flowable.bpmn.model.ImplementationType;
import org.flowable.bpmn.model.ServiceTask;
import org.jspecify.annotations.Nullable;

/**
 * What makes a task one of ours, or nearly.
 *
 * @param attribute that names the action
 * @param wrong what is wrong with it, null for nothing
 */
record TaskBinding(RestAction action, String attribute, @Nullable String wrong) {

  private static final Pattern BEAN = Pattern.compile("[$#]\\{\\s*(\\w+)\\s*}");

  /** Null for a task that is none of ours. */
  static @Nullable TaskBinding of(ServiceTask task) {
    if (task instanceof ExternalWorkerServiceTask worker) {
      return named("flowable:topic", worker.getTopic(), RestAction::beanName);
    }
    String implementation = task.getImplementation();
    if (implementation == null || task.getImplementationType() == null) {
      return null;
    }
    Matcher bean = BEAN.matcher(implementation.strip());
    return switch (task.getImplementationType()) {
      case ImplementationType.IMPLEMENTATION_TYPE_CLASS ->
          named("flowable:class", implementation.strip(), TaskBinding::className);
      case ImplementationType.IMPLEMENTATION_TYPE_DELEGATEEXPRESSION ->
          bean.matches()
              ? named("flowable:delegateExpression", bean.group(1), RestAction::beanName)
              : null;
      case ImplementationType.IMPLEMENTATION_TYPE_EXPRESSION ->
          bean.matches() ? uncalled(bean.group(1)) : null;
      default -> null;
    };
  }

  private static String className(RestAction action) {
    return RestDelegate.class.getPackageName()
        + "."
        + action.beanName().substring("rest".length())
        + "Delegate";
  }

  private static @Nullable TaskBinding named(
      String attribute, @Nullable String name, Function<RestAction, String> nameOf) {
    for (RestAction action : RestAction.values()) {
      String right = nameOf.apply(action);
      if (right.equals(name)) {
        return new TaskBinding(action, attribute, null);
      }
      if (right.equalsIgnoreCase(name)) {
        return new TaskBinding(
            action,
            attribute,
            "%s is '%s', which is no action of the connector, wanted '%s'"
                .formatted(attribute, name, right));
      }
    }
    return null;
  }

  private static @Nullable TaskBinding uncalled(String bean) {
    TaskBinding named = named("flowable:expression", bean, RestAction::beanName);
    return named == null
        ? null
        : new TaskBinding(
            named.action(),
            named.attribute(),
            "flowable:expression gives the delegate and calls nothing, wanted flowable:delegateExpression=\"${%s}\""
                .formatted(named.action().beanName()));
  }
}
