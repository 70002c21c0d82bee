package chatops.engine.action.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebHookTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final URI ROBOT =
      URI.create("https://oapi.dingtalk.com/robot/send?access_token=t");

  private static JsonNode sent(String content) throws IOException {
    WebHook hook = new WebHook(ROBOT, Map.of(), JSON.readTree(content));
    return JSON.readTree(hook.call().body());
  }

  @Test
  void everybody_mentioned_is_named_in_the_text_because_only_then_dingtalk_highlights()
      throws IOException {
    JsonNode text = sent(
        "{\"msgtype\":\"text\",\"text\":{\"content\":\"Look\"},\"at\":{\"atMobiles\":[\"138\",\"139\"]}}");
    JsonNode markdown = sent(
        "{\"msgtype\":\"markdown\",\"markdown\":{\"text\":\"Look\"},\"at\":{\"atUserIds\":[\"staff01\"]}}");

    assertThat(text.at("/text/content").asText()).isEqualTo("Look\n@138 @139");
    assertThat(markdown.at("/markdown/text").asText()).isEqualTo("Look\n\n@staff01");
  }

  @Test
  void who_is_named_already_is_not_named_again() throws IOException {
    JsonNode text = sent(
        "{\"msgtype\":\"text\",\"text\":{\"content\":\"Look @138\"},\"at\":{\"atMobiles\":[\"138\"]}}");

    assertThat(text.at("/text/content").asText()).isEqualTo("Look @138");
  }

  @Test
  void a_flag_given_as_text_becomes_a_boolean() throws IOException {
    JsonNode text = sent(
        "{\"msgtype\":\"text\",\"text\":{\"content\":\"Look\"},\"at\":{\"isAtAll\":\"True\"}}");

    assertThat(text.at("/at/isAtAll").isBoolean()).isTrue();
    assertThat(text.at("/at/isAtAll").booleanValue()).isTrue();
  }
}
