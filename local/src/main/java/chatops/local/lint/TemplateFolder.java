package chatops.local.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** The files of a directory, however deep, that may be templates by their extension; links are followed, hidden folders are not. */
public final class TemplateFolder extends SimpleFileVisitor<Path> {
  private static final int DEEPEST = 40;

  private final Path root;
  private final Set<Path> files = new TreeSet<>();

  private TemplateFolder(Path root) {
    this.root = root;
  }

  /** In order of their names; what cannot be read is among them, so that reading it tells why. */
  public static Set<Path> files(Path directory) {
    TemplateFolder folder = new TemplateFolder(directory);
    try {
      Files.walkFileTree(directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, folder);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return folder.files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    boolean isHidden =
        !directory.equals(root) && directory.getFileName().toString().startsWith(".");
    return isHidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String name = file.getFileName().toString();
    boolean isNamedSo = name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".json");
    // whoever opens a pipe waits for its writer
    if (isNamedSo && !attributes.isOther()) {
      files.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException why) {
    // a link to a folder around it: its files are found where they are
    if (!(why instanceof FileSystemLoopException)) {
      files.add(file);
    }
    return FileVisitResult.CONTINUE;
  }
}
