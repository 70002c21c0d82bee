package chatops.front.slack;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.json.JsonWriter;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Button;
import chatops.chat.render.Message.Field;
import chatops.chat.render.Message.Mark;
import chatops.chat.render.Message.Style;
import chatops.chat.render.SlackBlocks;
import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.util.json.GsonFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlackBlocksTest {
  private static final String[] PIECES = {
    "a", "<!channel>", "&", "`", "```", "*", "\n", "😀", "汉字", " ", "<@U1>", "<https://x|y>", "&lt;"
  };

  @Test
  void slacks_own_model_reads_what_is_written() {
    Message message = Message.of(Mark.WAITING, "Approve reboot of 3 instances?")
        .withField("Template", "ECS-BulkReboot")
        .withText("line one\nline two")
        .withCode("i-1 Running")
        .withButton(new Button(
            "approve", "Approve", Style.PRIMARY, "exec-1:a", "", "/oos approve exec-1", "Sure?"))
        .withButton(
            new Button("reject", "Reject", Style.DANGER, "exec-1:a", "", "/oos reject exec-1", ""))
        .withButton(Button.link("Open", "https://example.com/a"))
        .withFooter("exec-1");

    List<LayoutBlock> blocks = parse(message).getBlocks();

    assertThat(blocks).hasSize(6);
    assertThat(((SectionBlock) blocks.get(0)).getText().getText())
        .isEqualTo("*✋ Approve reboot of 3 instances?*");
    ButtonElement approve =
        (ButtonElement) ((ActionsBlock) blocks.get(4)).getElements().get(0);
    assertThat(approve.getActionId()).isEqualTo("approve");
    assertThat(approve.getValue()).isEqualTo("exec-1:a");
    assertThat(approve.getStyle()).isEqualTo("primary");
    assertThat(approve.getConfirm().getText().getText()).isEqualTo("Sure?");
    assertThat(blocks.get(5)).isInstanceOf(ContextBlock.class);
  }

  @Test
  void names_from_the_cloud_mention_nobody_and_hide_no_link() {
    String json = JsonWriter.write(SlackBlocks.render(Message.of(Mark.NONE, "<!channel> *x*")
        .withField("<@U1>", "<https://evil|bank> & `x`")
        .withText("<!here>")
        .withCode("a```b<!channel>")
        .withFooter("<!everyone>")));

    assertThat(json)
        .doesNotContain("<", "\\u003c", "a```b", "\"verbatim\":false")
        .contains("\\u0026lt;!channel\\u0026gt;", "\\u0026lt;@U1\\u0026gt;");
  }

  @Test
  void slack_looks_for_no_names_in_what_is_said() {
    List<LayoutBlock> blocks = parse(Message.of(Mark.NONE, "@channel")
            .withField("@here", "#general")
            .withText("@everyone")
            .withFooter("@ann"))
        .getBlocks();

    List<MarkdownTextObject> texts = new ArrayList<>();
    for (LayoutBlock block : blocks) {
      if (block instanceof SectionBlock section && section.getText() != null) {
        texts.add((MarkdownTextObject) section.getText());
      } else if (block instanceof SectionBlock section) {
        section.getFields().forEach(field -> texts.add((MarkdownTextObject) field));
      } else if (block instanceof ContextBlock context) {
        context.getElements().forEach(each -> texts.add((MarkdownTextObject) each));
      }
    }
    assertThat(texts).hasSize(4).allMatch(text -> Boolean.TRUE.equals(text.getVerbatim()));
  }

  @Test
  void whatever_is_said_stays_within_the_limits() {
    Random random = new Random(11);
    for (int i = 0; i < 150; i++) {
      Message message = random(random);
      com.slack.api.model.Message root = parse(message);
      assertThat(root.getText().length()).isBetween(1, 4000);
      assertThat(root.getBlocks().size()).isLessThanOrEqualTo(50);
      Set<String> ids = new HashSet<>();
      for (LayoutBlock block : root.getBlocks()) {
        check(block, ids);
      }
    }
  }

  @Test
  void long_text_is_told_in_order_and_whole_where_it_fits() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      lines.append("line ").append(i).append(" & more\n");
    }
    StringBuilder told = new StringBuilder();
    List<LayoutBlock> blocks =
        parse(Message.of(Mark.NONE, "t").withText(lines.toString())).getBlocks();
    for (LayoutBlock block : blocks.subList(1, blocks.size())) {
      told.append(((SectionBlock) block).getText().getText()).append('\n');
    }
    assertThat(told.toString().strip())
        .isEqualTo(lines.toString().replace("&", "&amp;").strip());
  }

  @Test
  void the_end_of_a_long_output_is_kept() {
    String code = "x".repeat(5000) + "the error";
    String shown = ((SectionBlock)
            parse(Message.of(Mark.NONE, "t").withCode(code)).getBlocks().get(1))
        .getText()
        .getText();

    assertThat(shown).startsWith("```…").endsWith("the error```");
  }

  private static void check(LayoutBlock block, Set<String> ids) {
    if (block instanceof SectionBlock) {
      SectionBlock section = (SectionBlock) block;
      if (section.getText() != null) {
        assertThat(section.getText().getText().length()).isBetween(1, 3000);
        assertWhole(section.getText().getText());
      }
      if (section.getFields() != null) {
        assertThat(section.getFields().size()).isBetween(1, 10);
        for (TextObject field : section.getFields()) {
          assertThat(((MarkdownTextObject) field).getText().length()).isBetween(1, 2000);
          assertWhole(((MarkdownTextObject) field).getText());
        }
      }
    } else if (block instanceof ActionsBlock) {
      List<BlockElement> elements = ((ActionsBlock) block).getElements();
      assertThat(elements.size()).isBetween(1, 25);
      for (BlockElement element : elements) {
        ButtonElement button = (ButtonElement) element;
        assertThat(button.getText().getText().length()).isBetween(1, 75);
        assertThat(ids.add(button.getActionId())).isTrue();
      }
    }
  }

  /** No escape and no character was cut in two, and nothing of Slack's own syntax came through. */
  private static void assertWhole(String text) {
    assertThat(text.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&", "<", ">");
    assertThat(text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff)).isTrue();
  }

  private static Message random(Random random) {
    List<Field> fields = new ArrayList<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      fields.add(new Field(text(random, 200), text(random, 3000)));
    }
    List<Button> buttons = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      buttons.add(Button.link("b" + text(random, 120), "https://example.com"));
    }
    return new Message(
        text(random, 500),
        Mark.FAILED,
        fields,
        text(random, 60_000),
        text(random, 9000),
        buttons,
        text(random, 3000));
  }

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(most);
    String only = random.nextInt(3) == 0 ? PIECES[random.nextInt(PIECES.length)] : "";
    while (text.length() < length) {
      text.append(only.isEmpty() ? PIECES[random.nextInt(PIECES.length)] : only);
    }
    return text.toString();
  }

  private static com.slack.api.model.Message parse(Message message) {
    return GsonFactory.createSnakeCase()
        .fromJson(JsonWriter.write(SlackBlocks.render(message)), com.slack.api.model.Message.class);
  }
}
