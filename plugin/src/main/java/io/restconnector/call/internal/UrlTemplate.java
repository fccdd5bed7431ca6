package io.restconnector.call.internal;

import io.restconnector.content.internal.ModelText;
import io.restconnector.content.internal.Numbers;
import io.restconnector.content.internal.PercentEncoding;
import io.restconnector.content.internal.PercentEncoding.UnencodableException;
import io.restconnector.http.internal.egress.HostPatterns;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** restUrl and restUrlParams as the one URL that is called (RFC 3986). */
final class UrlTemplate {

  private static final Pattern PLACEHOLDER = Pattern.compile("([$#]?)\\{([^{}]*)\\}");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}_.-]*");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::([0-9]{0,5}))?");

  private final boolean encode;

  UrlTemplate(boolean encode) {
    this.encode = encode;
  }

  /**
   * Builds the URL.
   *
   * @param restUrl its parts; what an expression brought into text of the model is data
   * @param params a JSON map, or null
   */
  URI expand(List<ModelText.Part> restUrl, @Nullable JsonNode params) throws InvalidInputException {
    Set<String> used = new HashSet<>();
    PlacedValues filled = new PlacedValues();
    for (ModelText.Part part : restUrl) {
      if (part.isExpression()) {
        filled.value("restUrl", encode ? withoutBraces(part.text()) : part.text());
      } else {
        fillPlaceholders(part.text(), params, used, filled);
      }
    }
    filled.check();
    String url = encode ? filled.toString().strip() : filled.toString();
    if (url.indexOf('\r') >= 0 || url.indexOf('\n') >= 0) {
      throw notAUrl("it holds a line break");
    }
    int fragment = url.indexOf('#');
    url = fragment < 0 ? url : url.substring(0, fragment);
    if (params != null) {
      url = appendQuery(url, params, used);
    }
    return parse(encode ? encoded("restUrl", url, PercentEncoding::url) : url);
  }

  private static String withoutBraces(String value) {
    return value.replace("{", "%7B").replace("}", "%7D");
  }

  private void fillPlaceholders(
      String text, @Nullable JsonNode params, Set<String> used, PlacedValues filled)
      throws InvalidInputException {
    Matcher matcher = PLACEHOLDER.matcher(text);
    int end = 0;
    while (matcher.find()) {
      String content = matcher.group(2);
      boolean isPath = content.startsWith("+");
      String name = isPath ? content.substring(1) : content;
      JsonNode value = params == null ? null : params.get(name);
      String filling = value == null || value.isNull() ? "" : scalar(name, value);
      if (!filling.isEmpty()) {
        used.add(name);
        filled.text(text.substring(end, matcher.start()) + matcher.group(1));
        filled.value("restUrlParams", isPath ? percentEncodePath(filling) : percentEncode(filling));
        end = matcher.end();
      } else if (matcher.group(1).isEmpty() && (value != null || NAME.matcher(name).matches())) {
        throw new InvalidInputException(
            ErrorCode.MISSING_INPUT,
            "restUrlParams has no value for the placeholder {%s} of restUrl%s"
                .formatted(
                    content,
                    value == null || value.isNull()
                        ? ""
                        : ": it is empty, which would be another resource"));
      }
      // Else it only looks like a placeholder, such as ${1+1} in a value: it stays as it is.
    }
    filled.text(text.substring(end));
  }

  private String appendQuery(String url, JsonNode params, Set<String> used)
      throws InvalidInputException {
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<String, JsonNode> param : params.properties()) {
      if (used.contains(param.getKey())) {
        continue;
      }
      for (JsonNode value : RequestReader.values(param.getValue())) {
        pairs.add(
            percentEncode(param.getKey()) + "=" + percentEncode(scalar(param.getKey(), value)));
      }
    }
    if (pairs.isEmpty()) {
      return url;
    }
    String separator =
        url.indexOf('?') < 0 ? "?" : url.endsWith("?") || url.endsWith("&") ? "" : "&";
    return url + separator + String.join("&", pairs);
  }

  private static String scalar(String name, JsonNode value) throws InvalidInputException {
    if (value.isContainer()) {
      throw new InvalidInputException(
          "restUrlParams value '%s' is a JSON %s, wanted a scalar"
              .formatted(name, value.getNodeType()));
    }
    return Numbers.text(value);
  }

  private String percentEncode(String value) throws InvalidInputException {
    return encode ? encoded("restUrlParams", value, PercentEncoding::component) : value;
  }

  /** A slash stays, so that the value may be several segments. */
  private String percentEncodePath(String value) throws InvalidInputException {
    return encode ? encoded("restUrlParams", value, PercentEncoding::path) : value;
  }

  private interface Encoding {
    String of(String text) throws UnencodableException;
  }

  private static String encoded(String input, String text, Encoding encoding)
      throws InvalidInputException {
    try {
      return encoding.of(text);
    } catch (UnencodableException unencodable) {
      throw new InvalidInputException(input + " is " + unencodable.getMessage());
    }
  }

  private static URI parse(String url) throws InvalidInputException {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException malformed) { // in words of our own
      throw notAUrl("it holds characters that a URL may not hold there");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw notAUrl("its scheme is another or none");
    }
    String authority = uri.getRawAuthority();
    if (authority == null || authority.isEmpty() || authority.startsWith(":")) {
      throw notAUrl("it has no host");
    }
    if (authority.indexOf('@') >= 0) {
      throw notAUrl("it holds user info");
    }
    if (!isVisibleAscii(url) || authority.indexOf('%') >= 0) {
      throw notAUrl("it holds characters that a URL may not hold");
    }
    if (uri.getRawFragment() != null) {
      throw notAUrl("a value holds a #, behind which nothing would be sent");
    }
    Matcher hostAndPort = AUTHORITY.matcher(authority);
    if (!hostAndPort.matches()
        || port(hostAndPort.group(2)) > 65535
        || (!authority.startsWith("[") && HostPatterns.hostOf(uri) == null)) {
      throw notAUrl("its host or port is malformed");
    }
    return url.startsWith(scheme) ? uri : URI.create(scheme + url.substring(scheme.length()));
  }

  private static boolean isVisibleAscii(String url) {
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) <= 0x20 || url.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static int port(@Nullable String digits) {
    return digits == null || digits.isEmpty() ? -1 : Integer.parseInt(digits);
  }

  private static InvalidInputException notAUrl(String reason) {
    return new InvalidInputException(
        "restUrl is a String that is no usable URL (%s), wanted an absolute http or https URL"
            .formatted(reason));
  }
}
