package chatops.local.pack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** What differs between two zips: names of entries whose content, time, mode or place is another. */
final class Different {
  private Different() {}

  static Set<String> entries(Path one, Path other) throws IOException {
    Map<String, String> first = described(one);
    Map<String, String> second = described(other);
    Set<String> names = new TreeSet<>(first.keySet());
    names.addAll(second.keySet());
    names.removeIf(name -> first.getOrDefault(name, "").equals(second.get(name)));
    return names;
  }

  private static Map<String, String> described(Path zip) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    int place = 0;
    try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
      for (var all = file.getEntries(); all.hasMoreElements(); ) {
        ZipArchiveEntry entry = all.nextElement();
        entries.put(
            entry.getName(),
            place++ + " " + entry.getCrc() + " " + entry.getSize() + " " + entry.getTime() + " "
                + entry.getUnixMode());
      }
    }
    return entries;
  }
}
