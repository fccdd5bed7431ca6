package io.restconnector.http.internal.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CIDR block, or one address. */
public record AddressRange(InetAddress network, int prefix) {

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  /** Whether the text is an IPv4 address in its one canonical spelling. */
  public static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches();
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, {@code 192.0.2.1} and their like. Looks up no name.
   *
   * @return null where the text is something else
   */
  public static @Nullable AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!isIpv4(address) && !address.matches("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")) {
      return null;
    }
    try {
      InetAddress network = InetAddress.getByName(isIpv4(address) ? address : "[" + address + "]");
      int bits = network.getAddress().length * 8;
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      return prefix < 0 || prefix > bits ? null : new AddressRange(network, prefix);
    } catch (UnknownHostException | NumberFormatException malformed) {
      return null;
    }
  }

  static AddressRange of(String text) {
    AddressRange range = parse(text);
    if (range == null) {
      throw new IllegalArgumentException(text);
    }
    return range;
  }

  boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] candidate = address.getAddress();
    if (mine.length != candidate.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit));
      if (((mine[bit / 8] ^ candidate[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
