package chatops.chat.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Platform;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
  private static final String OLD = "k1:" + base64(1);
  private static final String NEW = "k2:" + base64(2);
  private static final Instant EXPIRES = Instant.parse("2026-11-20T10:30:00Z");
  private static final String URL = "https://hooks.slack.com/commands/T1/2/secret";
  private static final ReplyAddress ADDRESS =
      new ReplyAddress(Platform.SLACK, "T1", "C1", "U1", URL, EXPIRES, 5, false);

  @Test
  void what_was_sealed_opens_for_its_execution_and_platform() {
    Seal seal = new Seal(NEW);

    String sealed = seal.seal(ADDRESS, "exec-1");

    assertThat(seal.open(sealed, "exec-1", Platform.SLACK)).isEqualTo(ADDRESS);
    assertThat(sealed).startsWith("k2.").doesNotContain("secret").matches("[A-Za-z0-9._-]+");
    assertThat(seal.seal(ADDRESS, "exec-1")).isNotEqualTo(sealed);
  }

  @Test
  void it_opens_for_no_other_execution_or_platform() {
    Seal seal = new Seal(NEW);
    String sealed = seal.seal(ADDRESS, "exec-1");

    assertThatThrownBy(() -> seal.open(sealed, "exec-2", Platform.SLACK))
        .isInstanceOf(SealException.class);
    assertThatThrownBy(() -> seal.open(sealed, "exec-1", Platform.DINGTALK))
        .isInstanceOf(SealException.class);
  }

  @Test
  void the_first_key_seals_and_all_open() {
    String sealedBefore = new Seal(OLD).seal(ADDRESS, "exec-1");
    Seal rotated = new Seal(NEW + "," + OLD);

    assertThat(rotated.open(sealedBefore, "exec-1", Platform.SLACK)).isEqualTo(ADDRESS);
    assertThat(rotated.seal(ADDRESS, "exec-1")).startsWith("k2.");
    assertThatThrownBy(() -> new Seal(NEW).open(sealedBefore, "exec-1", Platform.SLACK))
        .hasMessageContaining("CHATOPS_SEAL_KEYS");
  }

  @Test
  void no_changed_character_goes_unseen() {
    Seal seal = new Seal(NEW);
    String sealed = seal.seal(ADDRESS, "exec-1");

    for (int i = 0; i < sealed.length() - 1; i++) {
      char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertThatThrownBy(() -> seal.open(changed, "exec-1", Platform.SLACK))
          .isInstanceOf(SealException.class);
    }
    for (int length = 0; length < sealed.length(); length++) {
      String cut = sealed.substring(0, length);
      assertThatThrownBy(() -> seal.open(cut, "exec-1", Platform.SLACK))
          .isInstanceOf(SealException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k1", "k1:", ":AAAA", "k1:not base64", "k1:AAAA", "k 1:AAAA", ","})
  void a_malformed_key_is_refused_by_its_place(String keys) {
    assertThatThrownBy(() -> new Seal(keys))
        .isInstanceOf(SealException.class)
        .hasMessageStartingWith("seal key 1:");
  }

  @Test
  void a_key_id_stands_for_one_key() {
    assertThatThrownBy(() -> new Seal(OLD + "," + OLD))
        .hasMessage("seal key 2: the key id is used twice");
  }

  @Test
  void nothing_shows_a_key_or_an_address() {
    assertThat(new Seal(NEW).toString()).isEqualTo("Seal[k2]");
    assertThat(ADDRESS.toString()).doesNotContain("hooks");
  }

  @Test
  void a_url_is_usable_until_it_expires_or_is_used_up() {
    assertThat(ADDRESS.isUrlUsable(EXPIRES.minusSeconds(1), 4)).isTrue();
    assertThat(ADDRESS.isUrlUsable(EXPIRES, 0)).isFalse();
    assertThat(ADDRESS.isUrlUsable(EXPIRES.minusSeconds(1), 5)).isFalse();
    ReplyAddress unlimited =
        new ReplyAddress(Platform.DINGTALK, "d", "c", "u", URL, EXPIRES, 0, false);
    assertThat(unlimited.isUrlUsable(EXPIRES.minusSeconds(1), 500)).isTrue();
  }

  private static String base64(int fill) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }
}
