package chatops.local.lint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Files that were named, and files of folders that were named, each once. Immutable. */
public final class TemplatePaths {
  private final Set<Path> named = new LinkedHashSet<>();
  private final Set<Path> files = new LinkedHashSet<>();
  private final List<Path> folders;

  /** @param paths files and directories that exist */
  public TemplatePaths(List<Path> paths) {
    folders = paths.stream().filter(Files::isDirectory).toList();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(TemplateFolder.files(path));
      } else {
        named.add(path);
        files.add(path);
      }
    }
  }

  /** All of them, in the order in which they were named. */
  public Set<Path> files() {
    return Collections.unmodifiableSet(files);
  }

  /** Those that were named themselves. */
  public Set<Path> named() {
    return Collections.unmodifiableSet(named);
  }

  /** Folders that were named. */
  public List<Path> folders() {
    return folders;
  }

  /** Whether a file is a template: whoever names it says so, else it says so itself. */
  public boolean isTemplate(Path file, TemplateText text) {
    return text.namesFormatVersion() || named.contains(file);
  }
}
