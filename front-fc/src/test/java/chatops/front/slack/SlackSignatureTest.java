package chatops.front.slack;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.front.chat.Verification;
import com.slack.api.app_backend.SlackSignature.Generator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SlackSignatureTest {
  @TestFactory
  Stream<DynamicTest> every_case() throws IOException {
    JsonObject file;
    try (InputStream in =
        SlackSignatureTest.class.getResourceAsStream("/cases/slack-signature.json")) {
      file = JsonReader.object(Objects.requireNonNull(in).readAllBytes());
    }
    assertThat(file.objects("cases")).hasSizeGreaterThan(30);
    return file.objects("cases").stream()
        .map(row -> DynamicTest.dynamicTest(row.text("name"), () -> check(row, file)));
  }

  private static void check(JsonObject row, JsonObject file) {
    List<String> secrets = row.has("secrets")
        ? row.texts("secrets")
        : List.of(row.text("secret", file.text("secret")));
    String body = row.text("body", file.text("body"));
    List<String> replace = row.texts("replace");
    if (!replace.isEmpty()) {
      assertThat(body).contains(replace.get(0));
      body = body.replace(replace.get(0), replace.get(1));
    }
    body += row.text("append", "");

    Verification verification = new SlackSignature(secrets)
        .verify(
            row.text("timestamp", file.text("timestamp")),
            row.text("signature", file.text("signature")),
            body.getBytes(StandardCharsets.UTF_8),
            Instant.ofEpochSecond(row.number("now", 1_760_000_000)));

    assertThat(verification instanceof Verification.Authentic).isEqualTo(row.flag("authentic"));
  }

  @Test
  void what_slacks_own_signer_signs_is_authentic_and_no_changed_byte_is() {
    Random random = new Random(42);
    SlackSignature signature =
        new SlackSignature(List.of("one-signing-secret", "two-signing-secret"));
    Instant now = Instant.ofEpochSecond(1_760_000_000);
    for (int i = 0; i < 300; i++) {
      String body = "text=" + Long.toString(random.nextLong(), 36) + "%E4%BD%A0+" + i;
      String signed = new Generator("two-signing-secret").generate("1760000000", body);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      assertThat(signature.verify("1760000000", signed, bytes, now))
          .isInstanceOf(Verification.Authentic.class);

      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      assertThat(signature.verify("1760000000", signed, bytes, now))
          .isInstanceOf(Verification.Rejected.class);
    }
  }

  @Test
  void the_body_is_bytes_and_not_text() {
    byte[] body = {'a', '=', (byte) 0xff, (byte) 0xfe};
    SlackSignature signature = new SlackSignature(List.of("one-signing-secret"));
    // the same bytes decoded and encoded again would be U+FFFD twice
    String ofText = new Generator("one-signing-secret")
        .generate("1760000000", new String(body, StandardCharsets.UTF_8));

    assertThat(signature.verify("1760000000", ofText, body, Instant.ofEpochSecond(1_760_000_000)))
        .isInstanceOf(Verification.Rejected.class);
  }
}
