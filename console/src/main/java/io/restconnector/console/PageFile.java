package io.restconnector.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of the page.
 *
 * @param isKept whether a browser may keep it for a while
 */
@SuppressWarnings("ArrayRecordComponent") // it goes from here to the response
record PageFile(String type, byte[] content, boolean isKept) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*\\.(js|css|svg)");
  private static final String LIBRARY =
      "/META-INF/resources/webjars/bpmn-visualization/0.46.0/dist/bpmn-visualization.min.js";

  /**
   * A file by its name; without one, the page itself.
   *
   * @param besides whether the browser takes the names of other files for neighbours of the page's
   *     folder, as the address does not end in a slash
   * @return null where there is none
   */
  static @Nullable PageFile of(String name, boolean besides) throws IOException {
    if (name.isEmpty()) {
      byte[] page = read("page/index.html");
      String html = page == null ? "" : new String(page, StandardCharsets.UTF_8);
      return new PageFile(
          "text/html;charset=UTF-8",
          html.replace("{base}", besides ? "console/" : "").getBytes(StandardCharsets.UTF_8),
          false);
    }
    if (name.equals("bpmn-visualization.js")) {
      return file("text/javascript", read(LIBRARY), true);
    }
    return NAME.matcher(name).matches() ? file(type(name), read("page/" + name), false) : null;
  }

  private static String type(String name) {
    return name.endsWith(".js")
        ? "text/javascript;charset=UTF-8"
        : name.endsWith(".css") ? "text/css;charset=UTF-8" : "image/svg+xml";
  }

  private static @Nullable PageFile file(String type, byte @Nullable [] content, boolean kept) {
    return content == null ? null : new PageFile(type, content, kept);
  }

  private static byte @Nullable [] read(String resource) throws IOException {
    try (InputStream stream = PageFile.class.getResourceAsStream(resource)) {
      return stream == null ? null : stream.readAllBytes();
    }
  }
}
