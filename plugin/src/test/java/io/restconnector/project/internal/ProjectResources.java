package io.restconnector.project.internal;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.flowable.engine.impl.persistence.entity.ResourceEntityImpl;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of a deployment. */
final class ProjectResources {

  private ProjectResources() {}

  /** Names and texts by turns. */
  static Map<String, ResourceEntityImpl> of(String... namesAndTexts) {
    Map<String, ResourceEntityImpl> resources = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      ResourceEntityImpl resource = new ResourceEntityImpl();
      resource.setName(namesAndTexts[i]);
      resource.setBytes(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      resources.put(namesAndTexts[i], resource);
    }
    return resources;
  }

  /** JSON in which an apostrophe stands for a quotation mark. */
  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  /** Names and JSON by turns. */
  static Map<String, JsonNode> files(String... namesAndTexts) {
    Map<String, JsonNode> files = new TreeMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      files.put(namesAndTexts[i], json(namesAndTexts[i + 1]));
    }
    return files;
  }
}
