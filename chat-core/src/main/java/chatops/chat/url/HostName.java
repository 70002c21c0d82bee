package chatops.chat.url;

import java.util.List;
import java.util.Locale;

/** Host names in URLs: plain DNS names in ASCII. An address in any notation is no name. */
public final class HostName {
  private static final int LONGEST = 253;
  private static final int LONGEST_LABEL = 63;

  private HostName() {}

  /**
   * Letters, digits and inner hyphens between dots, the last label starting with a letter: so no IPv4 address in dotted,
   * decimal, octal or hexadecimal notation, no IPv6 address, no trailing dot, no non-ASCII letter that looks like another.
   */
  public static boolean isName(String host) {
    if (host.isEmpty() || host.length() > LONGEST) {
      return false;
    }
    int start = 0;
    while (true) {
      int dot = host.indexOf('.', start);
      int end = dot < 0 ? host.length() : dot;
      if (!isLabel(host, start, end)) {
        return false;
      }
      if (dot < 0) {
        return isLetter(host.charAt(start));
      }
      start = dot + 1;
    }
  }

  /** Whether a rule, {@code oapi.dingtalk.com} or {@code *.example.com}, covers the host. A wildcard covers no bare domain. */
  public static boolean isCovered(String host, List<String> rules) {
    String name = host.toLowerCase(Locale.ROOT);
    for (String rule : rules) {
      String lower = rule.toLowerCase(Locale.ROOT);
      if (lower.startsWith("*.")
          ? name.length() > lower.length() - 1 && name.endsWith(lower.substring(1))
          : name.equals(lower)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLabel(String host, int start, int end) {
    if (start >= end || end - start > LONGEST_LABEL) {
      return false;
    }
    for (int i = start; i < end; i++) {
      char c = host.charAt(i);
      boolean hyphen = c == '-' && i > start && i < end - 1;
      if (!isLetter(c) && !(c >= '0' && c <= '9') && !hyphen) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
