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

  private static final Pattern ID = Pattern.compile("\\sid\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

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
      Matcher id = ID.matcher(tag.group(1) == null ? "" : tag.group(1));
      MappedTask task =
          id.find() ? bindings.get(id.group(1) == null ? id.group(2) : id.group(1)) : null;
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

  /** By the id of the task, which is unique in a file. */
  static Map<String, MappedTask> all(Bindings bindings) {
    Map<String, MappedTask> all = new HashMap<>();
    bindings.byProcess().values().forEach(all::putAll);
    return all;
  }
}
