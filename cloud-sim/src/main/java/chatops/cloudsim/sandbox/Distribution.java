package chatops.cloudsim.sandbox;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /etc/os-release} says of an instance.
 *
 * @param id such as {@code ubuntu}
 * @param version such as {@code 22.04}
 */
record Distribution(String id, String version) {
  private static final Pattern NAME = Pattern.compile("(.*?)\\s+([0-9][0-9.]*)\\b.*");

  /** @param osName as DescribeInstances spells it, such as {@code Alibaba Cloud Linux  3.2104 LTS 64 bit} */
  static Distribution of(String osName) {
    Matcher matcher = NAME.matcher(osName);
    if (!matcher.matches()) {
      return new Distribution("linux", "");
    }
    String name = matcher.group(1).toLowerCase(Locale.ROOT).strip();
    String version = matcher.group(2);
    if (name.startsWith("alibaba cloud linux") || name.startsWith("aliyun linux")) {
      int dot = version.indexOf('.');
      return new Distribution("alinux", dot < 0 ? version : version.substring(0, dot));
    }
    if (name.startsWith("red hat")) {
      return new Distribution("rhel", version);
    }
    return new Distribution(name.split("\\s", 2)[0], version);
  }

  /** Families of instance types that end in y have processors of Arm's kind (ECS, "Instance families"). */
  static String machine(String instanceType) {
    String[] parts = instanceType.split("\\.", 3);
    return parts.length > 1 && parts[1].matches("[a-z]+[0-9]+y") ? "aarch64" : "x86_64";
  }
}
