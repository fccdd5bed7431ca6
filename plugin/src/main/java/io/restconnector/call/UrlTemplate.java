package io.restconnector.call;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
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

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String URL_CHARACTERS = UNRESERVED + ":/?#@!$&'()*+,;=";
  private static final String HEX = "0123456789ABCDEF";
  private static final Pattern PLACEHOLDER = Pattern.compile("([$#]?)\\{([^{}]*)\\}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[^:\\[\\]]+)(?::(\\d{0,5}))?");
  private static final Pattern AUTHORITY =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)([^/?#]*)");

  private final boolean encode;

  UrlTemplate(boolean encode) {
    this.encode = encode;
  }

  /**
   * Builds the URL.
   *
   * @param params a JSON map, or null
   */
  URI expand(String restUrl, @Nullable JsonNode params) throws InvalidInputException {
    Set<String> used = new HashSet<>();
    String url = fillPlaceholders(encode ? restUrl.strip() : restUrl, params, used);
    int fragment = url.indexOf('#');
    url = fragment < 0 ? url : url.substring(0, fragment);
    if (params != null) {
      url = appendQuery(url, params, used);
    }
    return parse(encode ? encodeUrl(url) : url);
  }

  private String fillPlaceholders(String url, @Nullable JsonNode params, Set<String> used)
      throws InvalidInputException {
    Matcher matcher = PLACEHOLDER.matcher(url);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2);
      JsonNode value = params == null ? null : params.get(name);
      if (value != null && !value.isNull()) {
        used.add(name);
        String text = scalar(name, value);
        if (encode && (text.equals(".") || text.equals(".."))) {
          throw new InvalidInputException(
              "restUrlParams value '%s' is a dot segment, which cannot stand in a path"
                  .formatted(name));
        }
        matcher.appendReplacement(
            filled, Matcher.quoteReplacement(matcher.group(1) + percentEncode(text)));
      } else if (matcher.group(1).isEmpty() && NAME.matcher(name).matches()) {
        throw new InvalidInputException(
            ErrorCode.MISSING_INPUT,
            "restUrlParams has no value for the placeholder {%s} of restUrl".formatted(name));
      }
      // Else it only looks like a placeholder, such as ${1+1} in a value: it stays as it is.
    }
    return matcher.appendTail(filled).toString();
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
    return value.asString();
  }

  private String percentEncode(String value) {
    if (!encode) {
      return value;
    }
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      append(encoded, b, UNRESERVED);
    }
    return encoded.toString();
  }

  /** Encodes what a URL may not hold; what is encoded already stays. */
  private static String encodeUrl(String url) {
    Matcher authority = AUTHORITY.matcher(url);
    StringBuilder encoded = new StringBuilder();
    String rest = url;
    if (authority.find()) {
      encoded.append(authority.group(1)).append(toAscii(authority.group(2)));
      rest = url.substring(authority.end());
    }
    byte[] bytes = rest.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2)) {
        encoded.append('%');
      } else {
        append(encoded, bytes[i], URL_CHARACTERS);
      }
    }
    return encoded.toString();
  }

  private static String toAscii(String authority) {
    if (authority.chars().allMatch(c -> c < 0x80)) {
      return authority;
    }
    try {
      return IDN.toASCII(authority);
    } catch (IllegalArgumentException noHostName) {
      return authority; // refused when the URL is parsed
    }
  }

  private static boolean isHex(byte[] bytes, int index) {
    return index < bytes.length && Character.digit(bytes[index], 16) >= 0;
  }

  private static void append(StringBuilder encoded, byte b, String allowed) {
    if (b > 0 && allowed.indexOf(b) >= 0) {
      encoded.append((char) b);
    } else {
      encoded.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
    }
  }

  private static URI parse(String url) throws InvalidInputException {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException malformed) {
      throw notAUrl(malformed.getReason());
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
    if (!url.chars().allMatch(c -> c > 0x20 && c < 0x7f) || authority.indexOf('%') >= 0) {
      throw notAUrl("it holds characters that a URL may not hold");
    }
    Matcher hostAndPort = HOST_AND_PORT.matcher(authority);
    if (!hostAndPort.matches() || port(hostAndPort.group(2)) > 65535) {
      throw notAUrl("its host or port is malformed");
    }
    return URI.create(scheme + url.substring(scheme.length()));
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
