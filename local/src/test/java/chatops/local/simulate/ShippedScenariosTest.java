package chatops.local.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scenario that ships holds for the template its first line names. */
class ShippedScenariosTest {
  private static final Path ROOT = Path.of(System.getProperty("chatops.root", ".."));
  private static final Pattern COMMAND =
      Pattern.compile("# ./chatops simulate (\\S+) --scenario (\\S+)\n");

  @TestFactory
  Stream<DynamicTest> a_scenario_holds() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(ROOT.resolve("scenarios"))) {
      found.sorted().forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> holds(file)));
  }

  private static void holds(Path file) throws IOException {
    Matcher command = COMMAND.matcher(Files.readString(file));
    assertThat(command.lookingAt())
        .as("the first line is the command that runs it")
        .isTrue();
    assertThat(ROOT.resolve(command.group(2)).toRealPath()).isEqualTo(file.toRealPath());
    List<Simulated> seen = new ArrayList<>();

    new Simulator(
            List.of(ROOT.resolve(command.group(1))),
            List.of(),
            Map.of(),
            Optional.of(new ScenarioFile().read(file)))
        .run(new Simulator.Listener() {
          @Override
          public void simulated(Simulated simulated) {
            seen.add(simulated);
          }

          @Override
          public void passedOver(Path other) {}
        });

    assertThat(seen).singleElement().satisfies(one -> {
      assertThat(one.unmet()).isEmpty();
      assertThat(one.isAsWanted()).isTrue();
    });
  }
}
