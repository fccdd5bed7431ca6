package io.restconnector.http.internal.egress;

import io.restconnector.http.EgressSettings;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Decides where connections go, on the addresses that they go to.
 *
 * <p>It is the resolver that each new connection asks, that of a redirect as well, so what is
 * decided on and what is connected to are the same addresses, whatever the name resolved to before
 * and however it is spelled. A connection that is kept alive is used again for its own host only,
 * and was decided on when it was opened.
 *
 * <p>Denied addresses are left out; a host without any other is denied. Many a host name of a plain
 * network has a link-local address beside its real one.
 */
public final class EgressGuard implements DnsResolver {

  /** What URL parsers take for an IPv4 address, though not all for the same one. */
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9A-Fa-f]*)\\.*");

  private final EgressSettings.Mode mode;
  private final EgressPatterns allow;
  private final EgressPatterns deny;
  private final Set<String> proxyHosts;
  private final DnsResolver resolver;

  /**
   * Guards with these settings.
   *
   * @param proxyHosts in lower case, are the operator's choice and not decided on; calls through
   *     it, and calls that name it as their target, are to be decided on with {@link #checkProxied}
   */
  public EgressGuard(EgressSettings settings, Set<String> proxyHosts, DnsResolver resolver) {
    mode = settings.mode();
    allow = EgressPatterns.parse("egress.allow", settings.allow());
    deny = EgressPatterns.parse("egress.deny", settings.deny());
    this.proxyHosts = proxyHosts;
    this.resolver = resolver;
  }

  /**
   * The addresses of the host that may be connected to.
   *
   * @throws EgressDeniedException if there are none
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    if (isProxy(host)) {
      return resolver.resolve(host);
    }
    String name = nameOf(host);
    InetAddress[] allowed =
        Stream.of(lookUp(host, name))
            .filter(address -> allows(name, address))
            .toArray(InetAddress[]::new);
    if (allowed.length == 0) {
      throw new EgressDeniedException(host);
    }
    return allowed;
  }

  /**
   * Decides on the target of a call through a proxy, which will look the name up for itself: no
   * address of it may be denied. A name that cannot be looked up here, as in many a network with a
   * proxy, passes in the standard mode, else only if {@code allow} matches it. Blocks as long as
   * the look-up takes.
   *
   * @throws EgressDeniedException if the call must not be made
   */
  public void checkProxied(String host) throws UnknownHostException {
    String name = nameOf(host);
    InetAddress[] addresses;
    try {
      addresses = lookUp(host, name);
    } catch (EgressDeniedException denied) {
      throw denied;
    } catch (UnknownHostException unknownHere) {
      if (mode == EgressSettings.Mode.STANDARD || allow.match(name)) {
        return;
      }
      throw unknownHere;
    }
    if (!Stream.of(addresses).allMatch(address -> allows(name, address))) {
      throw new EgressDeniedException(host);
    }
  }

  /** Whether the host is a proxy, which is not decided on. */
  public boolean isProxy(String host) {
    return proxyHosts.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * Decides on an address that is not looked up.
   *
   * @throws EgressDeniedException if it must not be connected to
   */
  public void checkAddress(String host, InetAddress address) throws EgressDeniedException {
    String name = nameOf(host);
    if (deny.match(name) || !allows(name, address)) {
      throw new EgressDeniedException(host);
    }
  }

  private InetAddress[] lookUp(String host, String name) throws UnknownHostException {
    if (deny.match(name) || isOddlySpelled(host, name)) {
      throw new EgressDeniedException(host);
    }
    InetAddress[] addresses = resolver.resolve(host);
    if (addresses == null || addresses.length == 0) {
      throw new UnknownHostException(host);
    }
    return addresses;
  }

  private boolean allows(String name, InetAddress address) {
    boolean nameAllowed = allow.match(name);
    for (InetAddress each : SpecialAddresses.withEmbedded(address)) {
      if (deny.match(each)) {
        return false;
      }
      if (allow.match(each)) {
        continue;
      }
      if (SpecialAddresses.isLinkLocalOrMetadata(each)) {
        return false;
      }
      boolean allowedByMode =
          switch (mode) {
            case STANDARD -> true;
            case STRICT -> SpecialAddresses.isPublic(each);
            case LISTED -> false;
          };
      if (!nameAllowed && !allowedByMode) {
        return false;
      }
    }
    return true;
  }

  /** A proxy may read 0177.0.0.1 as another address. */
  private static boolean isOddlySpelled(String host, String name) {
    return host.indexOf(':') < 0 && endsInNumber(name) && !AddressRange.isIpv4(host);
  }

  static boolean endsInNumber(String host) {
    return ENDS_IN_NUMBER.matcher(host).matches();
  }

  /** In the form of the patterns: ASCII, lower case, without a final dot. */
  private static String nameOf(String host) throws EgressDeniedException {
    String name;
    try {
      name = IDN.toASCII(host);
    } catch (IllegalArgumentException noHostName) {
      throw new EgressDeniedException(host);
    }
    return name.replaceFirst("\\.+$", "").toLowerCase(Locale.ROOT);
  }

  /** Not asked for by the client; a reverse look-up tells nothing that may be trusted. */
  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
