package chatops.local.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The packed Java's list of security providers. */
class JavaImageTest {
  @Test
  void listsCiphersSecondAndNoProviderThatTheImageLacks() {
    String settings = "# list\n"
        + "security.provider.1=SUN\n"
        + "security.provider.2=SunRsaSign\n"
        + "security.provider.3=SunEC\n"
        + "security.provider.4=SunJCE\n"
        + "security.provider.5=SunPCSC\n"
        + "security.provider.6=JdkLDAP\n"
        + "security.provider.7=Theirs\n"
        + "securerandom.source=file:/dev/random\n";
    assertThat(JavaImage.providers(settings, Set.of("java.base", "java.naming")).lines())
        .filteredOn(line -> !line.isEmpty())
        .containsExactly(
            "# list",
            "security.provider.1=SUN",
            "security.provider.2=SunJCE",
            "security.provider.3=SunRsaSign",
            "security.provider.4=SunEC",
            "security.provider.5=JdkLDAP",
            "security.provider.6=Theirs",
            "securerandom.source=file:/dev/random");
  }

  @Test
  void refusesAListWithoutCiphers() {
    assertThatThrownBy(() -> JavaImage.providers("security.provider.1=SUN\n", Set.of()))
        .isInstanceOf(PackException.class)
        .hasMessageContaining("SunJCE");
  }
}
