package chatops.engine.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the scripts do when they run is held by the sandbox tests of the one-machine host. */
class SafeScriptTest {
  @Test
  void a_script_without_values_stays_as_it_is() {
    SafeScript safe = SafeScript.shell("echo {{ this }} $x", Map.of());

    assertThat(safe.content()).isEqualTo("echo {{ this }} $x");
    assertThat(safe.parameters()).isEmpty();
  }

  @Test
  void values_travel_in_one_parameter_that_holds_nothing_a_shell_reads() {
    SafeScript safe = SafeScript.shell("echo \"$path\"", Map.of("path", "'; rm -rf / {{x}}"));

    assertThat(safe.content())
        .doesNotContain("rm -rf")
        .contains("'{{values}}'")
        .endsWith("echo \"$path\"");
    assertThat(safe.parameters().get("values")).matches("[A-Za-z0-9+/=]+");
    assertThat(decoded(safe.parameters().getOrDefault("values", "")))
        .startsWith("path ")
        .endsWith("\n");
  }

  @Test
  void a_body_with_braces_or_another_interpreter_is_carried_whole() {
    assertThat(
            SafeScript.shell("docker ps --format '{{Names}}'", Map.of("a", "b")).content())
        .doesNotContain("{{Names}}");
    SafeScript perl = SafeScript.shell("#!/usr/bin/perl\nprint 1;", Map.of("a", "b"));
    assertThat(perl.content()).startsWith("#!/bin/sh\n").doesNotContain("print 1;");
    assertThat(
            SafeScript.shell("#!/usr/bin/env bash\n[[ 1 ]]", Map.of("a", "b")).content())
        .startsWith("#!/usr/bin/env bash\n");
    assertThat(SafeScript.powerShell("echo {{x}}", Map.of("a", "b")).content())
        .doesNotContain("{{x}}")
        .contains("{{values}}");
  }

  @Test
  void a_name_that_is_no_variable_is_refused() {
    assertThatThrownBy(() -> SafeScript.shell("x", Map.of("a;b", "c"))).hasMessageContaining("a;b");
    assertThat(SafeScript.isName("PATH_2")).isTrue();
    assertThat(SafeScript.isName("2path")).isFalse();
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
