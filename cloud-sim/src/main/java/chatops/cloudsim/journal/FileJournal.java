package chatops.cloudsim.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * One JSON object per line in a file that only its owner may read: it holds reply addresses. A last line that a kill cut short is dropped. Written to the operating system
 * at once, not forced to the disk: it outlives the process, not the machine. Thread-safe.
 */
public final class FileJournal implements Journal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> earlier = new ArrayList<>();
  private final FileChannel file;

  public FileJournal(Path path) {
    try {
      if (Files.notExists(path)) {
        create(path);
      }
      long whole = read(Files.readString(path));
      file = FileChannel.open(path, StandardOpenOption.WRITE);
      file.truncate(whole);
      file.position(whole);
    } catch (IOException unusable) {
      throw new UncheckedIOException("the simulator cannot keep its chats in " + path, unusable);
    }
  }

  private static void create(Path path) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(path);
    }
  }

  /** Takes the whole lines and answers how many bytes they are. */
  private long read(String text) {
    long whole = 0;
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      String line = text.substring(from, end);
      try {
        earlier.add(JSON.readTree(line));
      } catch (JsonProcessingException damaged) {
        return whole;
      }
      whole += line.getBytes(StandardCharsets.UTF_8).length + 1;
      from = end + 1;
    }
    return whole;
  }

  @Override
  public List<JsonNode> earlier() {
    return List.copyOf(earlier);
  }

  @Override
  public synchronized void add(ObjectNode entry) {
    ByteBuffer line = ByteBuffer.wrap((entry + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        file.write(line);
      }
    } catch (IOException unusable) {
      throw new UncheckedIOException("the simulator cannot keep its chats", unusable);
    }
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException unusable) {
      throw new UncheckedIOException("the simulator cannot close its chats", unusable);
    }
  }
}
