package io.restconnector.http.internal.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Addresses with a meaning of their own: the IANA special-purpose registries, and clouds. */
final class SpecialAddresses {

  private static final List<AddressRange> LINK_LOCAL = ranges("169.254.0.0/16", "fe80::/10");

  /** Where a cloud hands out credentials and configuration to whoever asks, beyond link-local. */
  private static final List<AddressRange> METADATA =
      ranges(
          "100.100.100.200", // Alibaba Cloud
          "168.63.129.16", // Azure's host, in public address space
          "192.0.0.192", // Oracle Cloud
          "fd00:42::42", // Scaleway
          "fd00:a9fe:a9fe::/48", // Akamai
          "fd00:c1::a9fe:a9fe", // Oracle Cloud
          "fd00:ec2::/32", // AWS
          "fd20:ce::254"); // Google Cloud

  private static final List<AddressRange> NOT_PUBLIC =
      ranges(
          "0.0.0.0/8", // this host (RFC 1122)
          "10.0.0.0/8", // private (RFC 1918)
          "100.64.0.0/10", // carrier-grade NAT (RFC 6598)
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local (RFC 3927)
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments (RFC 6890)
          "192.0.2.0/24", // documentation (RFC 5737)
          "192.88.99.0/24", // 6to4 relays, withdrawn (RFC 7526)
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarking (RFC 2544)
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4", // reserved, and broadcast
          "2001::/23", // Teredo, benchmarking, ORCHID and other protocol assignments (RFC 2928)
          "2001:db8::/32", // documentation (RFC 3849)
          "3fff::/20"); // documentation (RFC 9637)

  private static final AddressRange GLOBAL_UNICAST = AddressRange.of("2000::/3");
  private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");

  /** IPv6 addresses that lead to an IPv4 address, and the bytes of it. */
  private static final List<Embedding> EMBEDDINGS =
      List.of(
          new Embedding("::/96", 12, 13, 14, 15), // compatible (RFC 4291 §2.5.5.1)
          new Embedding("0:0:0:0:ffff::/96", 12, 13, 14, 15), // translated (RFC 2765)
          new Embedding("64:ff9b::/96", 12, 13, 14, 15), // NAT64 (RFC 6052 §2.2)
          new Embedding("64:ff9b:1::/48", 12, 13, 14, 15), // local NAT64 (RFC 8215), whose
          new Embedding("64:ff9b:1::/48", 9, 10, 11, 12), // prefix has one of four lengths
          new Embedding("64:ff9b:1::/48", 7, 9, 10, 11),
          new Embedding("64:ff9b:1::/48", 6, 7, 9, 10),
          new Embedding("2002::/16", 2, 3, 4, 5), // 6to4 (RFC 3056)
          new Embedding("2001::/32", 4, 5, 6, 7)); // the server of Teredo (RFC 4380)

  private static final AddressRange TEREDO = AddressRange.of("2001::/32");

  /**
   * The JDK makes an IPv4 address of such a range, so it cannot stand above (RFC 4291 §2.5.5.2).
   */
  private static final String V4_MAPPED = "00000000000000000000ffff";

  private record Embedding(AddressRange range, int... bytes) {
    private Embedding(String range, int... bytes) {
      this(AddressRange.of(range), bytes);
    }
  }

  private SpecialAddresses() {}

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::of).toList();
  }

  static boolean isLinkLocalOrMetadata(InetAddress address) {
    return anyContains(LINK_LOCAL, address) || anyContains(METADATA, address);
  }

  /** Whether the address is one of the public Internet, as far as it is not embedded in another. */
  static boolean isPublic(InetAddress address) {
    boolean global =
        address.getAddress().length == 4
            || GLOBAL_UNICAST.contains(address)
            || NAT64.contains(address);
    return global && !anyContains(NOT_PUBLIC, address);
  }

  private static boolean anyContains(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /** The address, and every IPv4 address embedded in it. */
  static List<InetAddress> withEmbedded(InetAddress address) {
    List<InetAddress> addresses = new ArrayList<>(List.of(address));
    byte[] bytes = address.getAddress();
    if (bytes.length == 4 || address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return addresses;
    }
    for (Embedding embedding : EMBEDDINGS) {
      if (embedding.range().contains(address)) {
        addresses.add(ipv4(bytes, 0, embedding.bytes()));
      }
    }
    if (TEREDO.contains(address)) {
      addresses.add(ipv4(bytes, 0xff, 12, 13, 14, 15));
    }
    if (V4_MAPPED.equals(HexFormat.of().formatHex(bytes, 0, 12))) {
      addresses.add(ipv4(bytes, 0, 12, 13, 14, 15));
    }
    boolean isatap = (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e;
    if (isatap && bytes[11] == (byte) 0xfe) { // RFC 5214 §6.1
      addresses.add(ipv4(bytes, 0, 12, 13, 14, 15));
    }
    return addresses;
  }

  private static InetAddress ipv4(byte[] ipv6, int mask, int... indexes) {
    byte[] ipv4 = new byte[4];
    for (int i = 0; i < 4; i++) {
      ipv4[i] = (byte) (ipv6[indexes[i]] ^ mask);
    }
    try {
      return InetAddress.getByAddress(ipv4);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
