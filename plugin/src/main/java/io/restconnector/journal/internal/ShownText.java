package io.restconnector.journal.internal;

import io.restconnector.http.internal.Redaction;
import io.restconnector.journal.JournalSettings;
import io.restconnector.webhook.internal.trigger.Trigger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of calls and requests as an entry may hold it. */
final class ShownText {

  /** No entry is longer for a line. */
  private static final int MAX_LINE = 2_000;

  private static final Set<String> NAMES =
      Set.of("authorization", "cookie", "set-cookie", "set-cookie2", "authentication-info");

  private static final Pattern PERCENT = Pattern.compile("%([0-9a-fA-F]{2})");
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s>\"]*");

  static final String MASK = "***";

  private final Supplier<Redaction> secrets;
  private final Set<String> names;

  /**
   * As the settings say.
   *
   * @param secrets all that are configured or were sent, asked at each use
   * @param names of headers and parameters, in lower case, that carry credentials
   */
  ShownText(JournalSettings settings, Supplier<Redaction> secrets, Set<String> names) {
    this(secrets, all(names, settings.redact()));
  }

  private static Set<String> all(Set<String> names, List<String> more) {
    Set<String> all = new TreeSet<>(names);
    more.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
    return all;
  }

  private ShownText(Supplier<Redaction> secrets, Set<String> names) {
    this.secrets = secrets;
    this.names = names;
  }

  /** The same, which hides besides what carries the credentials of senders. */
  ShownText hiding(Collection<Trigger> triggers) {
    Set<String> all = new TreeSet<>(names);
    triggers.forEach(each -> all.addAll(each.checks().headers()));
    return all.equals(names) ? this : new ShownText(secrets, all);
  }

  /** One line that may hold what a sender or a modeler wrote. */
  String line(String text) {
    return secrets.get().mask(text, MAX_LINE);
  }

  @Nullable String lineOrNull(@Nullable String text) {
    return text == null ? null : line(text);
  }

  /** Without query; a secret is found that is encoded more than it has to be. */
  String path(String path) {
    return line(path.indexOf('%') < 0 ? path : leastEncoded(path));
  }

  @Nullable String pathOrNull(@Nullable String path) {
    return path == null ? null : path(path);
  }

  /** A query or a form, with the values of parameters that carry credentials hidden. */
  String parameters(String raw) {
    List<String> fields = new ArrayList<>();
    for (String field : raw.split("&", -1)) {
      int equals = field.indexOf('=');
      boolean hidden = equals >= 0 && isHidden(leastEncoded(field.substring(0, equals)));
      fields.add(hidden ? field.substring(0, equals + 1) + MASK : field);
    }
    return String.join("&", fields);
  }

  /** A query as an entry may hold it, null for none. */
  @Nullable String query(@Nullable String raw) {
    return raw == null ? null : path(parameters(raw));
  }

  /** The beginning of a text, which is as it came where nothing of it is secret. */
  String sameUnlessSecret(String text, int maxLength) {
    String plain = leastEncoded(text);
    String masked = beginning(plain, maxLength);
    return masked.equals(plain) ? text : masked;
  }

  /** The beginning of a text of several lines. */
  String beginning(String text, int maxLength) {
    return secrets.get().mask(text, maxLength);
  }

  /** Names of headers and parameters that are hidden besides those that say what they carry. */
  Set<String> names() {
    return names;
  }

  /** Percent-encoded no more than it has to be. */
  static String leastEncoded(String text) {
    return PERCENT
        .matcher(text)
        .replaceAll(
            found -> {
              int code = Integer.parseInt(found.group(1), 16);
              return code < 0x80 && (Character.isLetterOrDigit(code) || "-._~".indexOf(code) >= 0)
                  ? Character.toString(code)
                  : Matcher.quoteReplacement(found.group());
            });
  }

  /** Headers by name in lower case, with all values of each. */
  Map<String, List<String>> headers(Map<String, List<String>> headers) {
    Redaction known = secrets.get();
    Map<String, List<String>> shown = new LinkedHashMap<>();
    headers.forEach(
        (name, values) ->
            shown.put(name, values.stream().map(value -> value(known, name, value)).toList()));
    return shown;
  }

  /** The value of a header. */
  String header(String name, String value) {
    return value(secrets.get(), name, value);
  }

  /** The value of a parameter. */
  String value(String name, String value) {
    return isHidden(name) ? MASK : line(value);
  }

  private String value(Redaction known, String name, String value) {
    return isHidden(name)
        ? MASK
        : known.mask(QUERY.matcher(leastEncoded(value)).replaceAll("?" + MASK), MAX_LINE);
  }

  /** Whether it is hidden for what it is, and not because its name sounds like a credential. */
  boolean isAlwaysHidden(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || lower.startsWith("proxy-") || names.contains(lower);
  }

  /** Whether the value of this header or parameter is not shown, whatever it is. */
  boolean isHidden(String name) {
    return isAlwaysHidden(name) || Redaction.isCredential(name);
  }
}
