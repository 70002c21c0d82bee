package chatops.chat.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRightsTest {
  private static final String BEFORE =
      "{\"version\":1,\"regions\":{\"default\":\"cn-hangzhou\",\"allowed\":[\"cn-hangzhou\"]}}";
  private static final String AFTER =
      BEFORE.replace("\"version\":1", "\"version\":1,\"language\":\"ja\"");

  @TempDir
  Path folder;

  private Instant now = Instant.parse("2026-03-01T08:00:00Z");
  private final List<String> log = new ArrayList<>();

  private Path write(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("rights.json"), json);
    Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(5)));
    return file;
  }

  private LiveRights follow(Path file) throws IOException {
    return new LiveRights(
        ConfigurationJson.read(Files.readAllBytes(file)),
        true,
        new FileSource(file, FileSource.FLAT, () -> now, true),
        () -> now,
        log::add);
  }

  @Test
  void a_changed_file_counts_after_the_interval_and_at_once_for_who_knows_of_it()
      throws IOException {
    LiveRights rights = follow(write(BEFORE));
    String first = rights.current().hash();
    write(AFTER);

    assertThat(rights.fresh().hash()).isEqualTo(first);
    assertThat(rights.newerThan(first).hash()).isEqualTo(first);
    assertThat(rights.newerThan("another").hash()).isNotEqualTo(first);
    assertThat(log)
        .singleElement()
        .asString()
        .startsWith("rights changed from=" + first.substring(0, 8));

    write(BEFORE);
    // who still reads what was left behind makes nobody look
    assertThat(rights.newerThan(first).hash()).isNotEqualTo(first);
    now = now.plus(LiveRights.INTERVAL);
    assertThat(rights.fresh().hash()).isEqualTo(first);
  }

  @Test
  void a_garbled_file_changes_nothing_is_told_once_and_mended_when_it_is_sound_again()
      throws IOException {
    LiveRights rights = follow(write(BEFORE));
    LiveRights.View good = rights.current();
    for (String garbled : List.of("{\"version\":1,", "", "{\"version\":2}", "\u0000", "[]")) {
      log.clear();
      write(garbled);
      for (int i = 0; i < 3; i++) {
        now = now.plus(LiveRights.INTERVAL);
        assertThat(rights.fresh().hash()).isEqualTo(good.hash());
      }
      assertThat(log).singleElement().asString().startsWith("rights kept mark=" + good.mark());
      assertThat(rights.current().trouble()).contains("rights.json");
      assertThat(rights.isConfirmed(rights.current())).isFalse();
    }

    write(BEFORE);
    now = now.plus(LiveRights.INTERVAL);
    assertThat(rights.fresh().trouble()).isEmpty();
    assertThat(rights.isConfirmed(rights.current())).isTrue();

    Files.delete(folder.resolve("rights.json"));
    now = now.plus(LiveRights.INTERVAL);
    assertThat(rights.fresh().hash()).isEqualTo(good.hash());
    assertThat(rights.current().trouble()).isNotEmpty();
  }

  @Test
  void a_file_that_may_still_be_being_written_is_not_taken() throws IOException {
    Path file = write(BEFORE);
    LiveRights rights = follow(file);
    write(AFTER);
    now = now.plus(LiveRights.INTERVAL);
    Files.setLastModifiedTime(file, FileTime.from(now));

    assertThat(rights.fresh().configuration().language()).isEqualTo(chatops.chat.Language.EN);
    now = now.plus(LiveRights.INTERVAL);
    assertThat(rights.fresh().configuration().language()).isEqualTo(chatops.chat.Language.JA);
  }

  @Test
  void who_must_answer_at_once_is_not_kept_waiting_by_the_look() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    Configuration first = ConfigurationJson.read(BEFORE.getBytes(StandardCharsets.UTF_8));
    Configuration second = ConfigurationJson.read(AFTER.getBytes(StandardCharsets.UTF_8));
    LiveRights rights = new LiveRights(
        first,
        true,
        new RightsSource() {
          @Override
          public Configuration newer() {
            looked.countDown();
            return second;
          }
        },
        () -> now,
        log::add);
    now = now.plus(Duration.ofHours(8));

    LiveRights.View view = rights.current();

    assertThat(view.configuration()).isEqualTo(first);
    // a denial by what nobody has looked at for hours is no last word
    assertThat(rights.isConfirmed(view)).isFalse();
    assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
    // whoever waits for the look sees what it found
    assertThat(rights.fresh().configuration()).isEqualTo(second);
  }
}
