package chatops.chat.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.rights.Scripts.Script;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptsTest {
  private static final String AROUND = """
      {"version":1,"account":"1","regions":{"default":"r-x","allowed":["r-x"]},
       "roles":{"default":"R","allowed":{"R":"acs:ram::1:role/R"}},
       "slack":{"workspaces":["T1"]},
       "rights":[{"who":["slack:T1/U1"],"commands":["ecs *"]},
                 {"who":["slack:T1/U2"],"commands":["ecs run","ecs script"]},
                 {"who":["slack:T1/U3"],"commands":["*"]}],
       "scripts":%s}
      """;

  @Test
  void a_script_has_values_for_its_parameters_and_usual_limits() {
    Configuration configuration = read("""
        {"disk":{"run":"df -h \\"$path\\"","description":"how full it is","parameters":{"path":{"pattern":"/*","default":"/"},"unit":{}}},
         "win":{"type":"powershell","run":"Get-Process","timeout":"90s","dir":"C:\\\\","user":"System"}}""");

    Script disk = Objects.requireNonNull(Scripts.of(configuration).byName().get("disk"));
    assertThat(disk.type().commandType()).isEqualTo("RunShellScript");
    assertThat(disk.timeout()).isEqualTo(600);
    assertThat(disk.parameters().keySet()).containsExactly("path", "unit");
    var path = Objects.requireNonNull(disk.parameters().get("path"));
    assertThat(path.accepts("/var")).isTrue();
    assertThat(path.accepts("var")).isFalse();
    assertThat(Objects.requireNonNull(disk.parameters().get("unit")).isNeeded()).isTrue();
    Script win = Scripts.of(configuration).byName().get("win");
    assertThat(win)
        .isEqualTo(new Script(
            Scripts.Type.POWERSHELL, "", "Get-Process", java.util.Map.of(), 90, "C:\\", "System"));
    assertThat(ConfigurationJson.read(ConfigurationJson.write(configuration)))
        .isEqualTo(configuration);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a b\":{\"run\":\"x\"}}                                 | scripts.a b",
        "{\"a\":{}}                                                | scripts.a.run",
        "{\"a\":{\"run\":\"x\",\"type\":\"perl\"}}                 | scripts.a.type",
        "{\"a\":{\"run\":\"x\",\"timeout\":\"2d\"}}                | scripts.a.timeout",
        "{\"a\":{\"run\":\"x\",\"timeout\":\"soon\"}}              | scripts.a.timeout",
        "{\"a\":{\"run\":\"x\",\"parameters\":{\"a-b\":{}}}}       | scripts.a.parameters.a-b",
        "{\"a\":{\"run\":\"x\",\"parameters\":{\"1\":{}}}}         | scripts.a.parameters.1",
        "{\"a\":{\"run\":\"x\",\"parameters\":{\"p\":{\"pattern\":\"a*\",\"default\":\"b\"}}}} | scripts.a.parameters.p.default",
        "{\"a\":{\"run\":\"x\",\"type\":\"bat\",\"parameters\":{\"p\":{}}}} | scripts.a.parameters",
        "{\"a\":{\"run\":\"x\",\"comand\":\"x\"}}                  | scripts.a.comand",
      })
  void a_wrong_script_is_told_with_its_place(String scripts, String path) {
    ConfigurationException wrong =
        catchThrowableOfType(ConfigurationException.class, () -> read(scripts));

    assertThat(wrong.problems()).extracting(problem -> problem.path()).containsExactly(path);
  }

  @Test
  void a_script_of_ones_own_needs_a_right_that_no_pattern_stands_for() {
    Rights rights = new Rights(read("{}"));

    assertThat(mayUse(rights, "U1", "ecs run")).isTrue();
    assertThat(mayUse(rights, "U1", Rights.FREE_SCRIPT)).isFalse();
    assertThat(mayUse(rights, "U2", Rights.FREE_SCRIPT)).isTrue();
    assertThat(mayUse(rights, "U3", Rights.FREE_SCRIPT)).isFalse();
  }

  private static boolean mayUse(Rights rights, String user, String command) {
    return rights.mayUse(
        new Principal(Platform.SLACK, "T1", user, ""),
        new Place(Platform.SLACK, "T1", "C1"),
        command);
  }

  private static Configuration read(String scripts) {
    return ConfigurationJson.read(AROUND.formatted(scripts).getBytes(StandardCharsets.UTF_8));
  }
}
