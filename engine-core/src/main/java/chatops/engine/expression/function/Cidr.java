package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A block of IP addresses. */
record Cidr(byte[] network, int prefix) {
  // only these characters, so that no name is ever looked up
  private static final Pattern NUMERIC = Pattern.compile(
      "(\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f]*:[0-9A-Fa-f:]*(\\d{1,3}(\\.\\d{1,3}){3})?");

  static Cidr parse(Arguments arguments, int index) {
    String text = arguments.text(index).strip();
    int slash = text.indexOf('/');
    byte[] network = address(arguments, index, slash < 0 ? text : text.substring(0, slash));
    int bits = network.length * 8;
    try {
      int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefix >= 0 && prefix <= bits) {
        return new Cidr(network, prefix);
      }
    } catch (NumberFormatException notNumber) {
      throw arguments.wrong(index, "an address block such as 10.0.0.0/8", arguments.value(index));
    }
    throw arguments.wrong(index, "a prefix from 0 to " + bits, arguments.value(index));
  }

  static byte[] address(Arguments arguments, int index, String text) {
    if (NUMERIC.matcher(text.strip()).matches()) {
      try {
        return InetAddress.getByName(text.strip()).getAddress();
      } catch (UnknownHostException notAddress) {
        throw arguments.wrong(index, "an IP address", arguments.value(index));
      }
    }
    throw arguments.wrong(index, "an IP address", arguments.value(index));
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int host = network.length * 8 - prefix;
    return new BigInteger(1, address)
        .shiftRight(host)
        .equals(new BigInteger(1, network).shiftRight(host));
  }
}
