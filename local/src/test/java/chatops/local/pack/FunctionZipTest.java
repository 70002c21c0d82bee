package chatops.local.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionZipTest {
  @TempDir
  Path folder = Path.of("");

  private Path content(String name, Instant time) throws IOException {
    Path content = folder.resolve(name);
    Files.createDirectories(content.resolve("lib"));
    Files.writeString(content.resolve("lib/b.jar"), "b");
    Files.writeString(content.resolve("lib/a.jar"), "a");
    Files.writeString(content.resolve("bootstrap"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        content.resolve("bootstrap"), PosixFilePermissions.fromString("rwxr-x---"));
    for (Path file : FunctionZip.files(content)) {
      Files.setLastModifiedTime(file, FileTime.from(time));
    }
    return content;
  }

  private byte[] zipped(Path content) throws IOException {
    Path zip = folder.resolve(content.getFileName() + ".zip");
    FunctionZip.write(content, zip);
    return Files.readAllBytes(zip);
  }

  @Test
  void the_same_content_makes_the_same_bytes_at_any_time_in_any_folder_and_zone()
      throws IOException {
    byte[] first = zipped(content("one", Instant.parse("2026-11-20T08:00:00Z")));
    TimeZone here = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
      byte[] second = zipped(content("another", Instant.parse("2027-01-01T17:30:00Z")));

      assertThat(second).isEqualTo(first);
    } finally {
      TimeZone.setDefault(here);
    }
  }

  @Test
  void bootstrap_may_be_executed_and_is_newer_than_the_jars() throws IOException {
    zipped(content("one", Instant.parse("2026-11-20T08:00:00Z")));
    Path unpacked = folder.resolve("unpacked");

    FunctionZip.unpack(folder.resolve("one.zip"), unpacked);

    assertThat(unpacked.resolve("bootstrap")).isExecutable();
    assertThat(Files.isExecutable(unpacked.resolve("lib/a.jar"))).isFalse();
    assertThat(unpacked.resolve("lib/b.jar")).hasContent("b");
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(folder.resolve("one.zip")))) {
      ZipEntry bootstrap = zip.getNextEntry();
      ZipEntry jar = zip.getNextEntry();
      assertThat(bootstrap.getName()).isEqualTo("bootstrap");
      assertThat(bootstrap.getLastModifiedTime())
          .isEqualTo(FileTime.from(Instant.parse("2000-01-01T00:00:02Z")));
      assertThat(jar.getName()).isEqualTo("lib/a.jar");
      assertThat(jar.getLastModifiedTime()).isEqualTo(FunctionZip.TIME);
    }
  }

  @Test
  void an_entry_that_leads_out_of_the_folder_is_refused() throws IOException {
    Path zip = folder.resolve("bad.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("../outside"));
      out.write("x".getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> FunctionZip.unpack(zip, folder.resolve("unpacked")))
        .hasMessageContaining("leads out of the folder");
    assertThat(folder.resolve("outside")).doesNotExist();
  }
}
