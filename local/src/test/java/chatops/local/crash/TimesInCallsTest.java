package chatops.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name that is made of the time is another one where the call is made later; the effect is the same. */
class TimesInCallsTest {
  private static final String DATED = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: image
          Action: ACS::ExecuteAPI
          Properties:
            Service: ecs
            API: CreateImage
            Parameters:
              RegionId: cn-hangzhou
              InstanceId: i-bp1
              ImageName:
                Fn::Join: ['_', [image, 'Fn::FormatUTCTime': ['{{ ACS::CurrentUTCTime }}', '%Y%m%d%H%M%S']]]
              Description: 'of {{ ACS::CurrentUTCTime }}'
      """;

  @TempDir
  Path folder = Path.of("");

  @Test
  void a_call_that_is_named_after_the_time_is_the_same_call_later() throws IOException {
    Path template = Files.writeString(folder.resolve("dated.yml"), DATED);
    List<Outcome> outcomes = new ArrayList<>();

    new CrashTests(List.of(template), List.of(), 20, 20261130).run(outcomes::add);

    assertThat(outcomes).singleElement().satisfies(outcome -> {
      assertThat(outcome.calm()).isEqualTo("Success");
      assertThat(outcome.cuts()).isGreaterThan(20);
      assertThat(outcome.violations()).isEmpty();
    });
  }
}
