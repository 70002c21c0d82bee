package chatops.chat.url;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses belong to the public internet (IANA special-purpose address registries), cloud metadata excluded. */
public final class PublicAddress {
  private PublicAddress() {}

  public static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address) {
      return isPublic6(bytes);
    }
    return isPublic4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff);
  }

  private static boolean isPublic4(int a, int b, int c) {
    if (a == 0 || a == 10 || a == 127 || a >= 224) {
      return false;
    }
    if (a == 100) {
      // 100.64.0.0/10, in which 100.100.100.200 answers with the function's own keys
      return b < 64 || b > 127;
    }
    if (a == 169) {
      return b != 254;
    }
    if (a == 172) {
      return b < 16 || b > 31;
    }
    if (a == 192) {
      return b != 168 && !(b == 0 && (c == 0 || c == 2)) && !(b == 88 && c == 99);
    }
    if (a == 198) {
      return b != 18 && b != 19 && !(b == 51 && c == 100);
    }
    return !(a == 203 && b == 0 && c == 113);
  }

  private static boolean isPublic6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    // only 2000::/3 is given out; this leaves out loopback, mapped and compatible IPv4, NAT64,
    // fc00::/7, fe80::/10 and multicast
    if (first < 0x2000 || first > 0x3fff) {
      return false;
    }
    if (first == 0x2002) {
      // 6to4 carries an IPv4 address
      return isPublic4(bytes[2] & 0xff, bytes[3] & 0xff, bytes[4] & 0xff);
    }
    boolean special = first == 0x2001 && (second < 0x200 || second == 0x0db8);
    return !special && !(first == 0x3fff && second < 0x1000);
  }
}
