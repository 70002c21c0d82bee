package chatops.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksTest {
  static Set<String> checks() {
    return new Checks().names();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void the_engine_passes(String check) {
    assertThat(new Checks().apply(check)).isEmpty();
  }
}
