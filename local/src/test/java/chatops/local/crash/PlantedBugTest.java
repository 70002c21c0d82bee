package chatops.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks bite: each finds the bug that is planted for it. That they find nothing else: {@link ChecksTest}. */
class PlantedBugTest {
  private static final Path ROOT = Path.of(System.getProperty("chatops.root"));

  static List<PlantedBug> bugs() {
    return PlantedBug.all();
  }

  /** Every eighth, so that a normal build shows that planting works; all of them are a long job. */
  static List<PlantedBug> some() {
    List<PlantedBug> all = bugs();
    return IntStream.range(0, all.size())
        .filter(i -> i % 8 == 0)
        .mapToObj(all::get)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("some")
  void is_found(PlantedBug bug) throws ReflectiveOperationException {
    assertThat(found(bug)).as("what '%s' finds", bug.check()).isNotEmpty();
  }

  @Test
  @Tag("long")
  void each_is_found() throws ReflectiveOperationException {
    List<String> missed = new ArrayList<>();
    for (PlantedBug bug : bugs()) {
      if (found(bug).isEmpty()) {
        missed.add(bug.name());
      }
    }

    System.out.println(
        "long-job: planted bugs count=" + bugs().size() + " missed=" + missed.size());
    assertThat(missed).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void fits_the_source(PlantedBug bug) {
    assertThat(bug.source(ROOT)).contains(bug.replace());
  }

  @SuppressWarnings("unchecked")
  private static List<String> found(PlantedBug bug) throws ReflectiveOperationException {
    PatchedClasses patched = new PatchedClasses(bug.className(), bug.source(ROOT));
    Object checks =
        patched.loadClass("chatops.local.crash.Checks").getDeclaredConstructor().newInstance();
    return ((Function<String, List<String>>) checks).apply(bug.check());
  }

  @Test
  void there_are_at_least_twenty_of_different_names() {
    assertThat(bugs().stream().map(PlantedBug::name).distinct().count())
        .isGreaterThanOrEqualTo(20)
        .isEqualTo(bugs().size());
  }
}
