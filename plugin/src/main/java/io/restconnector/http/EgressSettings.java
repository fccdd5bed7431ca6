package io.restconnector.http;

import io.restconnector.http.internal.egress.EgressPatterns;
import java.util.List;

/**
 * Where calls may go. A null component stands for its default.
 *
 * <p>A pattern is a host name ({@code api.example.com}), all names below one ({@code
 * *.example.com}), every host ({@code *}), an address, or a CIDR block ({@code 10.0.0.0/8}). What
 * {@code deny} matches is denied. What {@code allow} matches is allowed else; yet link-local and
 * cloud metadata addresses only where {@code allow} has an address or block that holds them. The
 * mode decides the rest.
 *
 * @param mode default {@link Mode#STANDARD}
 * @param allow patterns; default none
 * @param deny patterns; default none
 */
public record EgressSettings(Mode mode, List<String> allow, List<String> deny) {

  /** What neither list matches. */
  public enum Mode {
    /** Link-local and cloud metadata addresses are denied. */
    STANDARD,
    /** Every address that is not of the public Internet is denied. */
    STRICT,
    /** Everything is denied. */
    LISTED
  }

  public EgressSettings {
    mode = mode == null ? Mode.STANDARD : mode;
    allow = allow == null ? List.of() : List.copyOf(allow);
    deny = deny == null ? List.of() : List.copyOf(deny);
    EgressPatterns.parse("egress.allow", allow);
    EgressPatterns.parse("egress.deny", deny);
  }

  /** Every setting at its default. */
  public static EgressSettings defaults() {
    return new EgressSettings(Mode.STANDARD, List.of(), List.of());
  }

  public EgressSettings withMode(Mode value) {
    return new EgressSettings(value, allow, deny);
  }

  public EgressSettings withAllow(List<String> patterns) {
    return new EgressSettings(mode, patterns, deny);
  }

  public EgressSettings withDeny(List<String> patterns) {
    return new EgressSettings(mode, allow, patterns);
  }
}
