package chatops.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
  private static final String SECRET = "pa'ss \"wörd\" & <4>/7+%\\$x";

  @Test
  void a_secret_inside_a_text_that_was_encoded_as_a_whole_is_hidden_wherever_it_starts() {
    Random random = new Random(20261129);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[8 + random.nextInt(24)];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = (byte) (33 + random.nextInt(94));
      }
      String secret = new String(bytes, StandardCharsets.US_ASCII);
      String around = "x".repeat(random.nextInt(7)) + secret + "y".repeat(random.nextInt(7));
      for (Base64.Encoder encoder : List.of(
          Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getUrlEncoder().withoutPadding())) {
        String shown = Mask.of(List.of(secret))
            .text("CommandContent="
                + encoder.encodeToString(around.getBytes(StandardCharsets.UTF_8)));

        assertThat(shown).contains(Mask.SHOWN);
        // what is left of it are characters that others share
        assertThat(shown.replace("CommandContent=", "").replace(Mask.SHOWN, "").length())
            .isLessThanOrEqualTo(24);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "https://oapi.dingtalk.com/robot/send?access_token=abc123&timestamp=1 | https://oapi.dingtalk.com/robot/send?access_token=******&timestamp=1",
        "robot/send%3Faccess_token%3Dabc123 | robot/send%3Faccess_token%3D******",
        "robot/sendBySession?session=0123 next | robot/sendBySession?session=****** next",
        "https://hooks.slack.com/services/T1/B1/xyz) | https://hooks.slack.com/services/******)",
        "https://b.oss-cn-hangzhou.aliyuncs.com/o?x-oss-signature=ab%2B12&x-oss-expires=9 | https://b.oss-cn-hangzhou.aliyuncs.com/o?x-oss-signature=******%2B12&x-oss-expires=9",
        "a design=1 and a sign of life | a design=1 and a sign of life",
      })
  void an_address_that_is_a_credential_is_none_any_more(String text, String shown) {
    assertThat(Mask.of(List.of()).text(text))
        .startsWith(
            shown.substring(0, shown.indexOf('*') < 0 ? shown.length() : shown.indexOf('*') + 6));
  }

  @Test
  void forms_of_a_secret_are_hidden_in_values_names_and_texts() {
    Mask mask = Mask.of(List.of(SECRET));
    for (String form : SecretForms.of(SECRET)) {
      assertThat(mask.text("<" + form + ">")).isEqualTo("<" + Mask.SHOWN + ">");
      assertThat(
              mask.object(JsonNodeFactory.instance.objectNode().put(form, "v")).toString())
          .isEqualTo("{\"******\":\"v\"}");
    }
    assertThat(SecretForms.of(SECRET)).hasSizeGreaterThan(30);
  }

  @Test
  void short_secrets_and_short_pieces_do_not_blacken_words() {
    Mask mask = Mask.of(List.of("abc"), List.of("prod", "xy"));

    assertThat(mask.text("abc")).isEqualTo(Mask.SHOWN);
    assertThat(mask.text("alphabcd")).isEqualTo("alphabcd");
    assertThat(mask.text("env=prod, production")).isEqualTo("env=******, production");
    assertThat(mask.text("xy")).isEqualTo(Mask.SHOWN);
    assertThat(mask.text("xyz")).isEqualTo("xyz");
  }

  @Test
  void who_does_not_know_all_shows_no_value() {
    Mask mask = Mask.ofAll(List.of("top-secret"));

    assertThat(mask.value(JsonNodeFactory.instance
                .objectNode()
                .put("a", "any")
                .put("b", 7)
                .put("c", true))
            .toString())
        .isEqualTo("{\"a\":\"******\",\"b\":\"******\",\"c\":true}");
    assertThat(mask.text("any")).isEqualTo("any");
  }
}
