package io.restconnector.model.internal;

import io.restconnector.call.RestDelegate;
import io.restconnector.call.internal.RestAction;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
public record TaskBinding(RestAction action, String attribute, @Nullable String wrong) {

  private static final Pattern BEAN = Pattern.compile("\\s*[$#]\\{\\s*(\\w+)\\s*}\\s*");

  private static final Names BEANS = Names.of(RestAction::beanName);
  private static final Names CLASSES = Names.of(TaskBinding::className);

  /** As most tasks say it. */
  private static final Map<String, TaskBinding> DELEGATES =
      Arrays.stream(RestAction.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  action -> "${" + action.beanName() + "}",
                  action -> new TaskBinding(action, "flowable:delegateExpression", null)));

  /** Null for a task that is none of ours. */
  public static @Nullable TaskBinding of(ServiceTask task) {
    if (task instanceof ExternalWorkerServiceTask worker) {
      return worker.getTopic() == null
          ? null
          : BEANS.find("flowable:topic", nameIn(worker.getTopic()), worker.getTopic(), "%s");
    }
    String implementation = task.getImplementation();
    if (implementation == null || task.getImplementationType() == null) {
      return null;
    }
    return switch (task.getImplementationType()) {
      case ImplementationType.IMPLEMENTATION_TYPE_CLASS ->
          CLASSES.find("flowable:class", implementation.strip(), implementation, "%s");
      case ImplementationType.IMPLEMENTATION_TYPE_DELEGATEEXPRESSION -> delegate(implementation);
      case ImplementationType.IMPLEMENTATION_TYPE_EXPRESSION -> uncalled(nameIn(implementation));
      default -> null;
    };
  }

  /** The bean of an expression that is nothing else, else the text itself. */
  private static String nameIn(String text) {
    Matcher bean = BEAN.matcher(text);
    return bean.matches() ? bean.group(1) : text.strip();
  }

  private static @Nullable TaskBinding delegate(String implementation) {
    TaskBinding right = DELEGATES.get(implementation);
    if (right != null) {
      return right;
    }
    String name = nameIn(implementation);
    return implementation.indexOf('{') < 0
        ? BEANS.find("flowable:delegateExpression", name, implementation, "${%s}")
        : BEANS.find("flowable:delegateExpression", name, name, "%s");
  }

  private static String className(RestAction action) {
    return RestDelegate.class.getPackageName()
        + "."
        + action.beanName().substring("rest".length())
        + "Delegate";
  }

  private static @Nullable TaskBinding uncalled(String bean) {
    TaskBinding named = BEANS.find("flowable:expression", bean, bean, "%s");
    return named == null
        ? null
        : new TaskBinding(
            named.action(),
            named.attribute(),
            "flowable:expression gives the delegate and calls nothing, wanted flowable:delegateExpression=\"${%s}\""
                .formatted(named.action().beanName()));
  }

  /** The right names of the actions by what they are in lower case. */
  private record Names(Map<String, RestAction> actions, Function<RestAction, String> nameOf) {

    static Names of(Function<RestAction, String> nameOf) {
      return new Names(
          Arrays.stream(RestAction.values())
              .collect(
                  Collectors.toUnmodifiableMap(
                      action -> nameOf.apply(action).toLowerCase(Locale.ROOT), action -> action)),
          nameOf);
    }

    /**
     * The action that a task means.
     *
     * @param found what the attribute has
     * @param form of a right attribute
     */
    @Nullable TaskBinding find(String attribute, String name, String found, String form) {
      RestAction action = actions.get(name.toLowerCase(Locale.ROOT));
      if (action == null) {
        return null;
      }
      String right = form.formatted(nameOf.apply(action));
      return new TaskBinding(
          action,
          attribute,
          right.equals(found)
              ? null
              : "%s is '%s', which is no action of the connector, wanted '%s'"
                  .formatted(attribute, found, right));
    }
  }
}
