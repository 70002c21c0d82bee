package chatops.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir
  Path folder = Path.of("");

  @Test
  void a_temporary_directory_goes_away_with_all_it_holds() throws IOException {
    DataDirectory directory = DataDirectory.temporary();
    directory.write("note", "text");
    directory.close();

    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void a_kept_directory_stays_and_is_its_owners_alone() throws IOException {
    Path path = folder.resolve("kept");
    try (DataDirectory directory = DataDirectory.kept(path)) {
      directory.write("note", "text");
    }

    assertThat(path.resolve("note")).hasContent("text");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("note"))))
        .isEqualTo("rw-------");
  }

  @Test
  void two_hosts_never_share_a_directory() throws IOException {
    try (DataDirectory first = DataDirectory.kept(folder.resolve("kept"))) {
      assertThatThrownBy(() -> DataDirectory.kept(first.path()))
          .isInstanceOf(HostException.class)
          .hasMessageContaining(first.path().toString())
          .hasMessageContaining("in use");
    }
    DataDirectory.kept(folder.resolve("kept")).close();
  }

  @Test
  void a_link_to_a_directory_will_do_as_systemd_makes_one() throws IOException {
    Path link = Files.createSymbolicLink(
        folder.resolve("link"), Files.createDirectory(folder.resolve("private")));

    try (DataDirectory directory = DataDirectory.kept(link)) {
      directory.write("note", "text");
    }

    assertThat(folder.resolve("private/note")).hasContent("text");
  }

  @Test
  void keys_are_fresh_in_a_new_directory_and_the_same_in_a_kept_one() throws IOException {
    HostKeys first;
    try (DataDirectory directory = DataDirectory.kept(folder.resolve("a"))) {
      first = HostKeys.of(directory, new SecureRandom());
    }
    try (DataDirectory again = DataDirectory.kept(folder.resolve("a"));
        DataDirectory other = DataDirectory.kept(folder.resolve("b"))) {
      assertThat(HostKeys.of(again, new SecureRandom())).isEqualTo(first);
      assertThat(HostKeys.of(other, new SecureRandom()).linkKey()).isNotEqualTo(first.linkKey());
    }
    assertThat(first.toString()).isEqualTo("HostKeys[…]");
  }

  @Test
  void a_damaged_key_file_is_named_and_not_overwritten() throws IOException {
    try (DataDirectory directory = DataDirectory.kept(folder.resolve("a"))) {
      directory.write("keys.properties", "sealKey=k1:xyz\n");

      assertThatThrownBy(() -> HostKeys.of(directory, new SecureRandom()))
          .isInstanceOf(HostException.class)
          .hasMessageContaining("keys.properties lacks dingtalkRobotSecret");
    }
  }
}
