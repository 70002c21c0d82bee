package chatops.chat.render;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.render.Message.Button;
import chatops.chat.render.Message.Mark;
import chatops.chat.render.Message.Style;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DingTalkMarkdownTest {
  @Test
  void without_buttons_it_is_markdown_that_mentions_who_is_meant() {
    JsonObject json = render(
        Message.of(Mark.SUCCESS, "Done")
            .withField("Template", "T_1")
            .withText("a\nb")
            .withFooter("exec-1"),
        List.of("staff01"));

    assertThat(json.text("msgtype")).isEqualTo("markdown");
    assertThat(json.object("markdown").text("title")).isEqualTo("✅ Done");
    assertThat(json.object("markdown").text("text"))
        .contains("#### ✅ Done", "- **Template**: T\\_1", "a  \nb", "*exec-1*")
        .endsWith("@staff01");
    assertThat(json.object("at").texts("atUserIds")).containsExactly("staff01");
  }

  @Test
  void with_buttons_it_is_a_card_whose_actions_carry_the_clickers_identity() {
    Message message = Message.of(Mark.WAITING, "Approve?")
        .withButton(
            new Button("approve", "Approve", Style.PRIMARY, "v", "", "/oos approve exec-1", ""))
        .withButton(new Button("nothing", "Nothing", Style.PLAIN, "v", "", "", ""))
        .withButton(Button.link("Open", "https://example.com/a?b=c"));

    JsonObject card = render(message, List.of()).object("actionCard");

    assertThat(card.objects("btns")).hasSize(2);
    assertThat(card.objects("btns").get(0).text("actionURL"))
        .isEqualTo("dtmd://dingtalkclient/sendMessage?content=%2Foos%20approve%20exec-1");
    assertThat(card.objects("btns").get(1).text("actionURL"))
        .isEqualTo(
            "dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc&pc_slide=false");
  }

  @Test
  void names_from_the_cloud_mention_nobody_and_make_no_link() {
    String text = render(
            Message.of(Mark.NONE, "x @all")
                .withField("f", "[bank](https://evil) @13800000000")
                .withText("# big\n> q"),
            List.of())
        .object("markdown")
        .text("text");

    assertThat(text).doesNotContain("@", "[bank](").contains("\\[bank\\](https://evil)", "\\# big");
  }

  @Test
  void a_message_stays_within_what_a_robot_takes() {
    Message message = Message.of(Mark.NONE, "*".repeat(300))
        .withText("汉".repeat(50_000))
        .withCode("#".repeat(50_000))
        .withFooter("f");
    for (int i = 0; i < 100; i++) {
      message = message.withField("field", "_".repeat(5000));
    }
    assertThat(JsonWriter.write(DingTalkMarkdown.render(message, List.of()))
            .getBytes(StandardCharsets.UTF_8)
            .length)
        .isLessThanOrEqualTo(20_000);
  }

  private static JsonObject render(Message message, List<String> users) {
    return JsonReader.object(JsonWriter.bytes(DingTalkMarkdown.render(message, users)));
  }
}
