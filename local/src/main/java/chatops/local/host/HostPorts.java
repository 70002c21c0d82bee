package chatops.local.host;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The ports of one host by name. A kept directory remembers them, because links in messages and reply addresses in the
 * store name them; a name without a port gets any free one.
 */
record HostPorts(Map<String, Integer> byName) {
  private static final String FILE = "ports.properties";

  HostPorts {
    byName = Map.copyOf(byName);
  }

  static HostPorts of(DataDirectory directory) {
    String stored = directory.read(FILE);
    Properties lines = new Properties();
    Map<String, Integer> byName = new TreeMap<>();
    try {
      lines.load(new StringReader(stored == null ? "" : stored));
      for (String name : lines.stringPropertyNames()) {
        byName.put(name, Integer.valueOf(lines.getProperty(name)));
      }
    } catch (NumberFormatException e) {
      throw new HostException(
          directory.path().resolve(FILE)
              + " holds something that is no port; remove the file, and links sent before lead nowhere",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HostPorts(byName);
  }

  int of(String name) {
    return byName.getOrDefault(name, 0);
  }

  void write(DataDirectory directory) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(byName)
        .forEach((name, port) -> lines.append(name).append('=').append(port).append('\n'));
    directory.write(FILE, lines.toString());
  }
}
