package chatops.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
  @ParameterizedTest
  @ValueSource(ints = {1020, 1021, 1022, 1023, 1024, 1025, 1026, 2047, 2048, 2049, 2050})
  void a_character_of_two_halves_may_stand_anywhere(int at) {
    String text = "a: '" + "x".repeat(at - 4) + "\uD83D\uDE00'\n";
    Findings findings = new Findings();

    var read = new DocumentReader(findings).read(text);

    assertThat(findings.inOrder()).isEmpty();
    assertThat(read.orElseThrow().path("a").asText()).hasSize(at - 4 + 2);
  }
}
