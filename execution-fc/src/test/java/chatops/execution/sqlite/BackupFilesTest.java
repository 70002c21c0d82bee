package chatops.execution.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup, or what comes back from one, leaves in its folder: a whole file, or nothing. */
class BackupFilesTest {
  @TempDir
  Path folder = Path.of("");

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private Path store() {
    Path store = folder.resolve("store.db");
    new SqliteExecutionStore(store, InstantSource.system()).close();
    return store;
  }

  @Test
  void a_copy_that_cannot_be_written_leaves_no_file_in_the_way_of_the_next() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.db"), "no database ".repeat(500));
    Path copy = folder.resolve("copy.db");

    assertThatThrownBy(() -> Backup.write(broken, copy)).isInstanceOf(EngineException.class);
    assertThat(names()).containsExactly("broken.db");

    Files.writeString(folder.resolve("copy.db.unfinished"), "of a process that was killed");
    assertThat(Backup.write(store(), copy)).isZero();
    assertThat(names()).containsExactly("broken.db", "copy.db", "store.db");
  }

  @Test
  void what_cannot_be_put_back_leaves_no_draft_and_says_where() throws IOException {
    Path copy = folder.resolve("copy.db");
    Backup.write(store(), copy);
    Path nowhere = folder.resolve("nowhere").resolve("store.db");

    assertThatThrownBy(() -> Backup.restore(copy, nowhere, false))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("NoSuchFileException at " + nowhere);

    assertThat(Backup.restore(copy, folder.resolve("store.db"), false)).isZero();
    assertThat(names()).containsExactly("copy.db", "store.db");
  }

  @Test
  void a_store_that_is_damaged_is_replaced_and_only_where_that_is_said() throws IOException {
    Path copy = folder.resolve("copy.db");
    Backup.write(store(), copy);
    Path store = Files.writeString(folder.resolve("store.db"), "no database ".repeat(500));

    assertThatThrownBy(() -> Backup.restore(copy, store, false))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot be read")
        .hasMessageContaining("--replace");
    assertThat(Files.readString(store)).startsWith("no database");

    assertThat(Backup.restore(copy, store, true)).isZero();
    assertThat(store).hasSameBinaryContentAs(copy);
  }
}
