package io.restconnector.project.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the tasks of a project the delegates that they mean, in the text of their BPMN file.
 * Flowable drops their {@code implementation}, so that the parsed model is too late for it. Nothing
 * else of the text changes.
 */
final class TaskBinder {

  /** What is no element, then the tags of service tasks. */
  private static final Pattern TAG =
      Pattern.compile(
          "<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>"
              + "|<(?:[^\\s<>/:!?]+:)?serviceTask(?=[\\s/>])((?:[^\"'>]|\"[^\"]*+\"|'[^']*+')*+)>",
          Pattern.DOTALL);

  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s([^\\s=]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

  private TaskBinder() {}

  /**
   * The text with its tasks bound.
   *
   * @param bindings of all processes of the file
   */
  static String bind(String xml, Map<String, MappedTask> bindings) {
    StringBuilder bound = new StringBuilder();
    Matcher tag = TAG.matcher(xml);
    while (tag.find()) {
      MappedTask task = bindings.get(id(tag.group(1) == null ? "" : tag.group(1)));
      String text = tag.group();
      if (task != null) {
        text =
            text.substring(0, tag.start(1) - tag.start())
                + " xmlns:rest-connector=\"http://flowable.org/bpmn\""
                + " rest-connector:delegateExpression=\"${%s}\"".formatted(task.action().beanName())
                + text.substring(tag.start(1) - tag.start());
      }
      tag.appendReplacement(bound, Matcher.quoteReplacement(text));
    }
    return tag.appendTail(bound).toString();
  }

  private static String id(String attributes) {
    Matcher attribute = ATTRIBUTE.matcher(attributes);
    while (attribute.find()) {
      if (attribute.group(1).equals("id")) {
        return attribute.group(2) == null ? attribute.group(3) : attribute.group(2);
      }
    }
    return "";
  }

  /** By the id of the task, which is unique in a file. */
  static Map<String, MappedTask> all(Bindings bindings) {
    Map<String, MappedTask> all = new HashMap<>();
    bindings.byProcess().values().forEach(all::putAll);
    return all;
  }
}
