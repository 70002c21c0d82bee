package chatops.local.rehearsal.reading;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Text as a field of a given name usually holds it. The same name and number give the same text, everywhere. */
public final class MadeUpText {
  /** What ends a name, and the start of the ids such fields hold. The first that fits counts. */
  private static final List<Map.Entry<String, String>> PREFIXES = List.of(
      Map.entry("dbinstanceid", "rm-"),
      Map.entry("managedinstanceid", "mi-"),
      Map.entry("instanceid", "i-"),
      Map.entry("vpcid", "vpc-"),
      Map.entry("vswitchid", "vsw-"),
      Map.entry("securitygroupid", "sg-"),
      Map.entry("diskid", "d-"),
      Map.entry("imageid", "m-"),
      Map.entry("snapshotid", "s-"),
      Map.entry("allocationid", "eip-"),
      Map.entry("eipid", "eip-"),
      Map.entry("networkinterfaceid", "eni-"),
      Map.entry("loadbalancerid", "lb-"),
      Map.entry("desktopid", "ecd-"),
      Map.entry("scalinggroupid", "asg-"),
      Map.entry("invokeid", "t-"),
      Map.entry("commandid", "c-"));

  private final String region;

  public MadeUpText(String region) {
    this.region = region;
  }

  /** @param number from 1, to tell the elements of a list apart */
  public String of(String name, int number) {
    String key = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String one = key.endsWith("ids") ? key.substring(0, key.length() - 1) : key;
    for (Map.Entry<String, String> prefix : PREFIXES) {
      if (one.endsWith(prefix.getKey())) {
        return prefix.getValue() + "sim%017d".formatted(number);
      }
    }
    if (one.endsWith("regionid") || one.equals("region")) {
      return region;
    }
    if (one.endsWith("zoneid")) {
      return region + "-i";
    }
    if (one.endsWith("time") || one.endsWith("date") || one.endsWith("timestamp")) {
      return "2026-01-%02dT00:00:00Z".formatted(number);
    }
    if (one.endsWith("webhook")
        || one.endsWith("url")
        || one.endsWith("uri")
        || one.endsWith("endpoint")) {
      return "https://example.com/" + one;
    }
    if (one.endsWith("ip") || one.endsWith("ipaddress") || one.endsWith("address")) {
      return "192.0.2." + number;
    }
    if (one.endsWith("cidr") || one.endsWith("cidrblock")) {
      return "192.0.2.0/24";
    }
    if (one.endsWith("instancetype")) {
      return "ecs.g7.large";
    }
    if (one.endsWith("arn")) {
      return "acs:sim::1234567890123456:" + one + "/" + number;
    }
    return (one.isEmpty() ? "value" : one) + "-sim" + number;
  }
}
