package chatops.chat.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.handover.ApprovalRef;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class LinkKeyTest {
  private static final Instant EXPIRES = Instant.parse("2026-11-20T10:00:00Z");
  private static final ApprovalRef APPROVAL = new ApprovalRef("exec-abc", "tasks/approve");

  private final LinkKey key = new LinkKey(Base64.getEncoder().encodeToString(new byte[32]));

  @Test
  void a_link_reads_as_what_it_stands_for() {
    String token = key.link(APPROVAL, EXPIRES);

    ApprovalLink link = key.read(token).orElseThrow();

    assertThat(token).matches("[A-Za-z0-9_.-]+");
    assertThat(link.approval()).isEqualTo(APPROVAL);
    assertThat(link.isExpired(EXPIRES.minusSeconds(1))).isFalse();
    assertThat(link.isExpired(EXPIRES)).isTrue();
    assertThat(key.link(APPROVAL, EXPIRES)).isNotEqualTo(token);
  }

  @Test
  void no_changed_or_missing_character_goes_unseen() {
    String token = key.link(APPROVAL, EXPIRES);

    for (int i = 0; i < token.length(); i++) {
      for (char other : new char[] {'A', 'B', '.', '-', '='}) {
        String changed = token.substring(0, i) + other + token.substring(i + 1);
        assertThat(key.read(changed).isPresent()).isEqualTo(changed.equals(token));
      }
      assertThat(key.read(token.substring(0, i))).isEmpty();
    }
    assertThat(key.read(token + "A")).isEmpty();
    assertThat(key.read("")).isEmpty();
    assertThat(key.read("x".repeat(100_000) + ".y")).isEmpty();
  }

  @Test
  void another_key_reads_nothing() {
    byte[] other = new byte[32];
    other[0] = 1;

    assertThat(new LinkKey(Base64.getEncoder().encodeToString(other))
            .read(key.link(APPROVAL, EXPIRES)))
        .isEmpty();
  }

  @Test
  void a_form_belongs_to_its_link_and_decision() {
    String form = key.form("token", "d_1");

    assertThat(key.isForm(form, "token", "d_1")).isTrue();
    assertThat(key.isForm(form, "token", "d_2")).isFalse();
    assertThat(key.isForm(form, "other", "d_1")).isFalse();
    assertThat(key.isForm("", "token", "d_1")).isFalse();
  }

  @Test
  void a_malformed_key_is_refused_without_being_shown() {
    assertThatThrownBy(() -> new LinkKey("geheim"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("geheim");
    assertThatThrownBy(() -> new LinkKey("AAAA")).hasMessageContaining("3 bytes; expected 32");
  }
}
