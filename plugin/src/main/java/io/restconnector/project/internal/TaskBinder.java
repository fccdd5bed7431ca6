package io.restconnector.project.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the tasks of a project the delegates that they mean, in the text of their BPMN file.
 * Flowable drops their {@code implementation}, so that the parsed model is too late for it. Nothing
 * else of the text changes.
 */
final class TaskBinder {

  /** What is no element, then the tags of processes and service tasks. */
  private static final Pattern TAG =
      Pattern.compile(
          "<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>"
              + "|<(?:[^\\s<>/:!?]+:)?(process|serviceTask)(?=[\\s/>])((?:[^\"'>]|\"[^\"]*+\"|'[^']*+')*+)>",
          Pattern.DOTALL);

  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s([^\\s=]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

  private TaskBinder() {}

  /** The text with its tasks bound. The id of a task is unique in its file, not in a project. */
  static String bind(String xml, Bindings bindings) {
    StringBuilder bound = new StringBuilder();
    Matcher tag = TAG.matcher(xml);
    String process = "";
    while (tag.find()) {
      String text = tag.group();
      if ("process".equals(tag.group(1))) {
        process = id(tag.group(2));
      } else if (tag.group(1) != null) {
        MappedTask task = bindings.find(process, id(tag.group(2)));
        if (task != null) {
          int attributes = tag.start(2) - tag.start();
          text =
              text.substring(0, attributes)
                  + " xmlns:rest-connector=\"http://flowable.org/bpmn\""
                  + " rest-connector:delegateExpression=\"${%s}\""
                      .formatted(task.action().beanName())
                  + text.substring(attributes);
        }
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
}
