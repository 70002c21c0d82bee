package chatops.execution.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTreeTest {
  @ParameterizedTest
  @ValueSource(ints = {1023, 1024, 1025, 2048, 2049})
  void a_character_of_two_halves_may_stand_anywhere(int at) {
    String text = "#" + "x".repeat(at - 1) + "\uD83D\uDE00\na: b\n";

    assertThat(YamlTree.parse(text).value()).hasToString("{a=b}");
  }
}
