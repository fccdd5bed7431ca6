package io.restconnector.http.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which secrets travel, and where they stand in a text: in any case, and whichever of
 * their characters are escaped, however often.
 */
final class SecretForms {

  private static final String MASK = "***";
  private static final int MAX_LAYERS = 4;
  private static final int ASCII = 128;

  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed().thenComparing(s -> s);

  /** By how they begin, in one case: most characters of a text begin none. */
  private final Map<Integer, Set<String>> byFirst = new HashMap<>();

  private final boolean[] begins = new boolean[ASCII];

  void add(String form) {
    if (!form.isEmpty()) {
      int first = folded(form, 0);
      byFirst.computeIfAbsent(first, each -> new TreeSet<>(LONGEST_FIRST)).add(form);
      if (first < ASCII) {
        begins[first] = true;
      }
    }
  }

  void addAll(SecretForms others) {
    others.byFirst.values().forEach(each -> each.forEach(this::add));
  }

  private static int folded(String text, int index) {
    char c = text.charAt(index);
    return c < ASCII
        ? c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c
        : Character.toLowerCase(Character.toUpperCase(c));
  }

  /** The beginning of a text with a mask for each that stands there, as a whole. */
  String mask(String text, int maxLength) {
    List<int[]> found = new ArrayList<>(0);
    find(text, null, found);
    if (DecodedText.mayBeEscaped(text)) {
      DecodedText less = DecodedText.of(text).decoded();
      for (int i = 0; less != null && i < MAX_LAYERS; i++) {
        find(less.text(), less, found);
        less = less.decoded();
      }
      found.sort(Comparator.comparingInt(range -> range[0]));
    }
    return found.isEmpty() && text.length() <= maxLength ? text : without(found, text, maxLength);
  }

  /** Adds where they begin and end in the text as it came. */
  private void find(String text, @Nullable DecodedText decoded, List<int[]> found) {
    int i = 0;
    while (i < text.length()) {
      int length = lengthOfSecret(text, i);
      if (length > 0) {
        found.add(
            decoded == null
                ? new int[] {i, i + length}
                : new int[] {decoded.start(i), decoded.start(i + length)});
      }
      i += Math.max(1, length);
    }
  }

  /** Of the longest that begins there, 0 for none. */
  private int lengthOfSecret(String text, int index) {
    int first = folded(text, index);
    if (first < ASCII && !begins[first]) {
      return 0;
    }
    for (String form : byFirst.getOrDefault(first, Set.of())) {
      if (isAt(text, index, form)) {
        return form.length();
      }
    }
    return 0;
  }

  /** A form may write a space as a plus. */
  private static boolean isAt(String text, int index, String form) {
    if (text.length() - index < form.length()) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      if (folded(text, index + i) != folded(form, i)
          && !(form.charAt(i) == ' ' && text.charAt(index + i) == '+')) {
        return false;
      }
    }
    return true;
  }

  private static String without(List<int[]> found, String text, int maxLength) {
    StringBuilder masked = new StringBuilder(Math.min(text.length(), maxLength));
    int copied = 0;
    for (int[] range : found) {
      if (range[0] >= copied) {
        boolean isWhole = append(masked, text, copied, range[0], maxLength);
        if (!isWhole || masked.length() + MASK.length() > maxLength) {
          return masked.toString();
        }
        masked.append(MASK);
      }
      copied = Math.max(copied, range[1]);
    }
    append(masked, text, copied, text.length(), maxLength);
    return masked.toString();
  }

  /** Whether there was room for all of it. */
  private static boolean append(
      StringBuilder masked, String text, int begin, int end, int maxLength) {
    int room = maxLength - masked.length();
    if (end - begin <= room) {
      masked.append(text, begin, end);
      return true;
    }
    boolean isPairCut = room > 0 && Character.isHighSurrogate(text.charAt(begin + room - 1));
    masked.append(text, begin, begin + room - (isPairCut ? 1 : 0));
    return false;
  }
}
