package io.restconnector.content.internal;

import java.util.Locale;
import java.util.stream.IntStream;

/** How far a name that does not exist is from one that may have been meant. */
public final class NameDistance {

  private NameDistance() {}

  /**
   * Letters to insert or remove, so that a name with a part too many is near. A letter in place of
   * another counts as two. Case does not count.
   */
  public static int between(String name, String meant) {
    String from = name.toLowerCase(Locale.ROOT);
    String to = meant.toLowerCase(Locale.ROOT);
    int[] row = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 2);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
