package io.restconnector.call.internal;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that is put together from text of the model and from values, and whether each value stays
 * in its place: the host, the end of the path and the end of the URL are where the model has them.
 *
 * <p>A value that brings the scheme brings the host too, and is not looked at.
 */
final class PlacedValues {

  private static final Pattern DOT_SEGMENT =
      Pattern.compile("(?i)/(?:\\.|%2e){1,2}(?:;[^/]*)?(?=/|$)");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9-]*");

  private final StringBuilder url = new StringBuilder();

  /** The characters that are not of the model. */
  private final BitSet ofValues = new BitSet();

  private final BitSet ofParams = new BitSet();
  private final BitSet starts = new BitSet();

  void text(String text) {
    url.append(text);
  }

  /**
   * @param input whose value it is, restUrl or restUrlParams
   */
  void value(String input, String value) {
    starts.set(url.length());
    ofValues.set(url.length(), url.length() + value.length());
    if (input.equals("restUrlParams")) {
      ofParams.set(url.length(), url.length() + value.length());
    }
    url.append(value);
  }

  @Override
  public String toString() {
    return url.toString();
  }

  /**
   * @throws InvalidInputException when a value has left its place
   */
  void check() throws InvalidInputException {
    int scheme = url.indexOf("://");
    int host = scheme < 0 ? 0 : scheme + 3;
    if (scheme >= 0 && !ofValues.get(scheme)) {
      checkHost(host);
    }
    int path = first("/?#\\", host, false);
    int query = first("?#", path, false);
    int base = scheme >= 0 && ofValues.get(scheme) ? endOfValue(scheme) : 0;
    checkPath(base > 0 ? base : path, query);
    if (query >= base
        && query < url.length()
        && ofValues.get(query)
        && url.charAt(query) == '?'
        && !isEndOfPath(ofValues.nextClearBit(query))) {
      throw left(query, "a ? that ends the path before the model does");
    }
    int fragment = first("#", path, false);
    if (fragment < url.length()
        && ofValues.get(fragment)
        && ofValues.nextClearBit(fragment) < url.length()) {
      throw left(fragment, "a # that ends the URL before the model does");
    }
  }

  private void checkHost(int host) throws InvalidInputException {
    int end = first("/?#\\", host, false);
    int meant = first("/?#", host, true);
    int last = ofValues.previousClearBit(meant - 1) + 1;
    boolean isPath = end >= last && starts.get(end);
    if (end < meant && ofValues.get(end) && last > host && !isPath) {
      throw left(end, "a character that ends the host before the model does");
    }
    // Nothing of the model stands between this value and the end of the host.
    boolean extendsHost = last > host && last < end && "./:".indexOf(url.charAt(last - 1)) < 0;
    if (extendsHost
        && !(isUnfinished(host, last) && LABEL.matcher(url.substring(last, end)).matches())) {
      throw left(last, "a text that makes another host of the one in the model");
    }
  }

  /** Not a name such as example.com: letters make another domain of it. */
  private boolean isUnfinished(int host, int end) {
    return url.substring(host, end).indexOf('.') < 0 || !Character.isLetter(url.charAt(end - 1));
  }

  /** Whether the text of the model goes on as behind a path: a value may bring a whole query. */
  private boolean isEndOfPath(int text) {
    return (text == url.length() || "&#".indexOf(url.charAt(text)) >= 0)
        && first("?", text, true) == url.length();
  }

  private int endOfValue(int index) {
    int next = starts.nextSetBit(index + 1);
    int text = ofValues.nextClearBit(index);
    return next < 0 ? text : Math.min(next, text);
  }

  private void checkPath(int start, int end) throws InvalidInputException {
    Matcher segments = DOT_SEGMENT.matcher(url).region(Math.min(start, end), end);
    while (segments.find()) {
      int value = ofValues.nextSetBit(segments.start());
      if (value >= 0 && value < segments.end()) {
        throw left(value, "a dot segment, which would lead to another path");
      }
    }
  }

  /** The first of these characters, of the model only if so asked, or the length. */
  private int first(String characters, int start, boolean ofModel) {
    int i = start;
    while (i < url.length()
        && (characters.indexOf(url.charAt(i)) < 0 || (ofModel && ofValues.get(i)))) {
      i++;
    }
    return i;
  }

  private InvalidInputException left(int index, String what) {
    return new InvalidInputException(
        ofParams.get(index)
            ? "restUrlParams has %s".formatted(what)
            : "restUrl is a String whose expression has %s".formatted(what));
  }
}
