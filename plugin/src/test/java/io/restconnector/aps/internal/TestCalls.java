package io.restconnector.aps.internal;

import java.util.Map;
import org.flowable.bpmn.model.ExtensionAttribute;
import org.flowable.bpmn.model.ExtensionElement;
import org.flowable.bpmn.model.FieldExtension;
import org.flowable.bpmn.model.ServiceTask;

/**
 * REST call tasks. A text {@code name=value} is a literal field, {@code name:=value} an expression,
 * and {@code <element attribute=value attribute=value} an extension element.
 */
final class TestCalls {

  private TestCalls() {}

  static ServiceTask task(String... texts) {
    ServiceTask task = new ServiceTask();
    for (String text : texts) {
      if (text.startsWith("<")) {
        task.addExtensionElement(element(text.substring(1)));
      } else {
        String name = text.substring(0, text.indexOf('='));
        String value = text.substring(text.indexOf('=') + 1);
        FieldExtension field = new FieldExtension();
        if (name.endsWith(":")) {
          field.setFieldName(name.substring(0, name.length() - 1));
          field.setExpression(value);
        } else {
          field.setFieldName(name);
          field.setStringValue(value);
        }
        task.getFieldExtensions().add(field);
      }
    }
    return task;
  }

  private static ExtensionElement element(String text) {
    String[] words = text.split(" ", -1);
    ExtensionElement element = new ExtensionElement();
    element.setName(words[0]);
    for (int i = 1; i < words.length; i++) {
      ExtensionAttribute attribute =
          new ExtensionAttribute(words[i].substring(0, words[i].indexOf('=')));
      attribute.setValue(words[i].substring(words[i].indexOf('=') + 1));
      element.addAttribute(attribute);
    }
    return element;
  }

  static RestCallModel model(String... texts) {
    ServiceTask task = task(texts);
    return RestCallModel.of(task, task.getFieldExtensions());
  }

  /** The variables are those, and an expression gives the variable whose name it is. */
  static RestCallValues values(Map<String, Object> variables, String... texts) {
    return new RestCallValues(
        model(texts),
        variables::containsKey,
        variables::get,
        expression -> {
          Object value = variables.get(expression.substring(2, expression.length() - 1));
          if (value == null) {
            throw new IllegalArgumentException("the expression " + expression);
          }
          return value;
        });
  }
}
