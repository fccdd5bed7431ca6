package io.restconnector.http.internal.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One list of the egress settings.
 *
 * @param names in lower case
 */
public record EgressPatterns(List<String> names, List<AddressRange> ranges) {

  private static final Pattern NAME = Pattern.compile("\\*|(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

  public static EgressPatterns parse(String setting, List<String> patterns) {
    List<String> names = new ArrayList<>();
    List<AddressRange> ranges = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      String lowerCase = patterns.get(i).strip().toLowerCase(Locale.ROOT);
      AddressRange range = AddressRange.parse(lowerCase);
      if (range != null) {
        ranges.add(range);
      } else if (NAME.matcher(lowerCase).matches() && !EgressGuard.endsInNumber(lowerCase)) {
        names.add(lowerCase);
      } else {
        throw new IllegalArgumentException(
            "%s[%d] is not a host such as api.example.com, *.example.com or *, an address, or a CIDR block such as 10.0.0.0/8"
                .formatted(setting, i));
      }
    }
    return new EgressPatterns(List.copyOf(names), List.copyOf(ranges));
  }

  boolean match(String name) {
    return HostPatterns.match(names, name);
  }

  boolean match(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
