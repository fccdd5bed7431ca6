package io.restconnector.project.internal;

import io.restconnector.content.internal.JsonText;
import io.restconnector.content.internal.JsonText.NoJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.flowable.common.engine.api.repository.EngineResource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The files of one deployment that is a project.
 *
 * @param json by name; those that could be read
 * @param models the BPMN files by name; those that could be read
 */
record ProjectFiles(Map<String, JsonNode> json, Map<String, byte[]> models) {

  /** Of each file. What is longer is not read. */
  static final int MAX_LENGTH = 10 * 1024 * 1024;

  static final String CONNECTORS = "connectors";
  static final String TRIGGERS = "triggers";
  static final String AUTHENTICATIONS = "authentications";

  private static final Set<String> FOLDERS = Set.of(CONNECTORS, TRIGGERS, AUTHENTICATIONS);
  private static final List<String> BPMN = List.of("bpmn20.xml", "bpmn");
  private static final String EXTENSIONS = "-extensions.json";
  private static final Pattern OF_SYSTEM =
      Pattern.compile("(?s)(.*[/\\\\])?(__MACOSX[/\\\\].*|\\._[^/\\\\]*|\\.DS_Store|Icon\r)");
  private static final Pattern OUTSIDE =
      Pattern.compile("(.*[/\\\\])?\\.\\.([/\\\\].*)?|[/\\\\].*|[A-Za-z]:.*|.*\\p{Cntrl}.*");

  /**
   * Reads what the resources of a deployment hold. Nothing is taken from, or written to, any other
   * place.
   *
   * @return null where the deployment is no project
   */
  static @Nullable ProjectFiles read(
      Map<String, ? extends EngineResource> resources, Faults faults) {
    Faults found = new Faults();
    Map<String, JsonNode> json = new TreeMap<>();
    Map<String, byte[]> models = new TreeMap<>();
    boolean isProject = false;
    for (Map.Entry<String, ? extends EngineResource> resource : resources.entrySet()) {
      String name = resource.getKey();
      if (isOfSystem(name)) {
        continue;
      }
      if (isJson(name)) {
        JsonNode tree = parse(name, resource.getValue().getBytes(), found);
        if (tree != null) {
          json.put(name, tree);
        }
        isProject |= tree == null ? isNamed(name) : isOfProject(name, tree);
      } else if (BPMN.stream().anyMatch(name::endsWith)
          && isReadable(name, resource.getValue().getBytes(), found)) {
        models.put(name, resource.getValue().getBytes());
      }
    }
    if (!isProject) {
      return null;
    }
    for (String name : resources.keySet()) {
      if (OUTSIDE.matcher(name).matches() && !isOfSystem(name)) {
        found.error(Place.of(printable(name)), "the name leaves the project, wanted one inside it");
      }
    }
    faults.addAll(found);
    return new ProjectFiles(json, models);
  }

  /** The JSON files of a folder, wherever in the deployment the folder is. */
  Map<String, JsonNode> in(String folder) {
    Map<String, JsonNode> files = new TreeMap<>(json);
    files.keySet().removeIf(name -> !folder.equals(folder(name)));
    return files;
  }

  /** Those outside of the folders whose files have a form of their own. */
  Map<String, JsonNode> others() {
    Map<String, JsonNode> files = new TreeMap<>(json);
    files.keySet().removeIf(name -> FOLDERS.contains(folder(name)));
    return files;
  }

  /** What macOS adds to a zip that it makes: no files of the project, whatever they are called. */
  static boolean isOfSystem(String name) {
    return OF_SYSTEM.matcher(name).matches();
  }

  private static boolean isNamed(String name) {
    return FOLDERS.contains(folder(name)) || name.endsWith(EXTENSIONS);
  }

  /** A folder may have its name from another product, whose files have another form. */
  private static boolean isOfProject(String name, JsonNode tree) {
    return switch (folder(name)) {
      case CONNECTORS, AUTHENTICATIONS -> tree.has("name");
      case TRIGGERS -> tree.has("event") && tree.has("action");
      default -> name.endsWith(EXTENSIONS) || ExtensionsReader.isExtensions(tree);
    };
  }

  private static boolean isJson(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".json");
  }

  private static String folder(String name) {
    String[] segments = name.split("[/\\\\]", -1);
    return segments.length < 2 ? "" : segments[segments.length - 2];
  }

  private static @Nullable JsonNode parse(String name, byte[] bytes, Faults faults) {
    if (!isReadable(name, bytes, faults)) {
      return null;
    }
    try {
      return JsonText.parse(text(bytes));
    } catch (NoJsonException malformed) {
      faults.error(Place.of(name), "the file is no JSON, " + malformed.fault());
      return null;
    }
  }

  /** Of UTF-8, with or without a byte order mark. */
  static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean isReadable(String name, byte[] bytes, Faults faults) {
    if (bytes.length > MAX_LENGTH) {
      faults.error(
          Place.of(name),
          "the file has more than 10 MB, wanted at most that of a file of a project");
    }
    return bytes.length <= MAX_LENGTH;
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
