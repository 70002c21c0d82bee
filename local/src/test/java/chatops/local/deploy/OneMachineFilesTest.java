package chatops.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.local.Main;
import chatops.local.cli.Chatops;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The systemd unit and the container file name what is there, and start what takes their options. */
class OneMachineFilesTest {
  private static final Pattern OPTION = Pattern.compile("(--[a-z]+)\\b");

  private static String text(String name) throws IOException {
    return Files.readString(Deployment.root().resolve("deploy").resolve(name));
  }

  private static String line(String text, String begin) {
    return text.lines().filter(each -> each.startsWith(begin)).findFirst().orElse("");
  }

  private static Set<String> options(String text) {
    return OPTION.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private static Set<String> known() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    Chatops.run(new String[] {"serve", "--help"}, Map.of(), out, out);
    return options(said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void the_container_file_copies_what_a_build_makes_and_runs_as_nobody_in_particular()
      throws IOException {
    String file = text("Containerfile");
    List<String> copied = file.lines()
        .filter(each -> each.startsWith("COPY "))
        .map(each -> each.split(" ")[1])
        .toList();
    assertThat(copied).hasSizeGreaterThanOrEqualTo(4);
    String build = Files.readString(Deployment.root().resolve("local/pom.xml"));
    for (String source : copied) {
      if (source.equals("local/target/lib")) {
        // made after the tests
        assertThat(build).contains("<outputDirectory>${project.build.directory}/lib<");
      } else {
        assertThat(Deployment.root().resolve(source)).exists();
      }
    }
    assertThat(line(file, "USER ")).isNotEmpty().isNotEqualTo("USER root");
    String entry = line(file, "ENTRYPOINT ");
    assertThat(entry).contains("\"" + Main.class.getName() + "\", \"serve\"");
    assertThat(options(entry.substring(entry.indexOf("\"serve\"")))).isNotEmpty();
    assertThat(known()).containsAll(options(entry.substring(entry.indexOf("\"serve\""))));
    // the folder of the state is the user's own, where a volume is mounted anew
    assertThat(line(file, "VOLUME ")).isEqualTo("VOLUME /var/lib/fc-chatops");
    assertThat(line(file, "RUN ")).contains("--home-dir /var/lib/fc-chatops --create-home");
  }

  @Test
  void the_unit_starts_serve_where_it_may_write_and_gives_it_time_to_drain() throws IOException {
    String unit = text("fc-chatops.service");
    String start = line(unit, "ExecStart=");
    assertThat(start).contains("/chatops serve ");
    assertThat(known()).containsAll(options(start));
    assertThat(start)
        .contains("--state /var/lib/" + line(unit, "StateDirectory=").substring(15));
    // twice 25 s: Front's requests, then what Execution runs
    assertThat(Integer.parseInt(line(unit, "TimeoutStopSec=").substring(15)))
        .isGreaterThanOrEqualTo(55);
    assertThat(line(unit, "DynamicUser=")).isEqualTo("DynamicUser=yes");
  }
}
