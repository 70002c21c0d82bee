package chatops.local.host;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The secrets of one host that outlive its process: fresh when its directory is new, afterwards those of the directory,
 * because what waits in the store was sealed and signed with them. Shown nowhere.
 *
 * @param dingtalkRobotSecret of the group robot's webhook, starting with {@code SEC}
 * @param dingtalkRobotToken the {@code access_token} of that webhook
 * @param dingtalkCardSecret of the cards' callback route; of a directory that has none yet, a fresh one
 * @param sealKey {@code keyId:base64} of 32 bytes
 * @param linkKey base64 of 32 bytes
 */
record HostKeys(
    String dingtalkRobotSecret,
    String dingtalkRobotToken,
    String dingtalkCardSecret,
    String sealKey,
    String linkKey) {
  private static final String FILE = "keys.properties";

  static HostKeys of(DataDirectory directory, SecureRandom random) {
    String stored = directory.read(FILE);
    if (stored != null) return parse(stored, directory.path().resolve(FILE));
    HostKeys fresh = new HostKeys(
        "SEC" + hex(random, 32),
        hex(random, 32),
        hex(random, 16),
        "k1:" + base64(random),
        base64(random));
    directory.write(FILE, fresh.lines());
    return fresh;
  }

  /** Empty where there is no file. */
  static String sealKeysIn(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      return Files.exists(file) ? parse(Files.readString(file), file).sealKey() : "";
    } catch (IOException e) {
      throw new HostException("the file " + file + " cannot be read: run this as its owner");
    }
  }

  private static HostKeys parse(String stored, Path file) {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(stored));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String name : List.of("dingtalkRobotSecret", "dingtalkRobotToken", "sealKey", "linkKey")) {
      if (lines.getProperty(name) == null) {
        throw new HostException(
            file + " lacks " + name + "; restore the file, or start with an empty directory");
      }
    }
    return new HostKeys(
        lines.getProperty("dingtalkRobotSecret"),
        lines.getProperty("dingtalkRobotToken"),
        lines.getProperty("dingtalkCardSecret", hex(new SecureRandom(), 16)),
        lines.getProperty("sealKey"),
        lines.getProperty("linkKey"));
  }

  private String lines() {
    var lines = new TreeMap<String, String>();
    lines.put("dingtalkRobotSecret", dingtalkRobotSecret);
    lines.put("dingtalkRobotToken", dingtalkRobotToken);
    lines.put("dingtalkCardSecret", dingtalkCardSecret);
    lines.put("sealKey", sealKey);
    lines.put("linkKey", linkKey);
    StringWriter out = new StringWriter();
    // ':' and '=' need no escape in a value, and the values hold nothing else that does
    lines.forEach((name, value) -> out.append(name).append('=').append(value).append('\n'));
    return out.toString();
  }

  private static String hex(SecureRandom random, int bytes) {
    return HexFormat.of().formatHex(random(random, bytes));
  }

  private static String base64(SecureRandom random) {
    return Base64.getEncoder().encodeToString(random(random, 32));
  }

  private static byte[] random(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public String toString() {
    return "HostKeys[…]";
  }
}
