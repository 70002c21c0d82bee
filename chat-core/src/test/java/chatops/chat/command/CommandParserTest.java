package chatops.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "start i-bp1abc --region cn-beijing",
        "start i-bp1abc --region=cn-beijing",
        "start --region cn-beijing i-bp1abc",
        "start i-bp1abc -region cn-beijing",
        "start i-bp1abc —region cn-beijing",
        "start i-bp1abc –region=cn-beijing",
        "start i-bp1abc −−region cn-beijing",
        "Start i-bp1abc --Region “cn-beijing”",
        "  start\u00a0i-bp1abc\u200b --region\u3000‘cn-beijing’ ",
        "ｓｔａｒｔ　ｉ－ｂｐ１ａｂｃ　－－ｒｅｇｉｏｎ＝ｃｎ－ｂｅｉｊｉｎｇ",
        "启动 i-bp1abc --region cn-beijing",
        "起動 i-bp1abc --region cn-beijing",
      })
  void what_phones_make_of_a_command_is_undone(String text) {
    assertThat(understood("/ecs", text))
        .isEqualTo(
            new Command("ecs", "start", List.of("i-bp1abc"), Map.of("region", "cn-beijing")));
  }

  @ParameterizedTest
  @CsvSource({
    "/ecs,stop i-1,ecs stop",
    "/ECS,stop i-1,ecs stop",
    "/instances,stop i-1,ecs stop",
    "/chatops,ecs stop i-1,ecs stop",
    "'',/ecs stop i-1,ecs stop",
    "'',ecs restart i-1,ecs reboot",
    "'',oos list,oos list",
    "/ecs,'',oos help",
    "/ecs,help,oos help",
    "/ecs,--help,oos help",
    "/oos,whoami,oos whoami",
    "/ecs,whoami,oos whoami",
    "'','',oos help",
    "'',help,oos help",
    "'',whoami,oos whoami",
    "/oos,approve exec-1 looks fine,oos approve",
    "/oos,同意 exec-1,oos approve",
    "/ecs,状态,ecs status",
  })
  void families_and_verbs_have_other_names(String name, String text, String command) {
    assertThat(understood(name, text).name()).isEqualTo(command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ecs | strat i-1           | VERB | ecs start",
        "/ecs | statsu              | VERB | ecs status",
        "/ecs | xyzzy               | VERB | ''",
        "''   | esc start i-1       | FAMILY | ecs",
        "/ecs | start i-1 --regoin x | OPTION | --region",
        "/ecs | start i-1 --force x | OPTION | ''",
        "/ecs | start i-1 --region  | OPTION_VALUE | ''",
        "/ecs | start i-1 --region= | OPTION_VALUE | ''",
        "/ecs | start i-1 --region --lang en | OPTION_VALUE | ''",
        "/ecs | start i-1 --region a --region b | OPTION_TWICE | ''",
        "/ecs | start               | ARGUMENTS | ''",
        "/ecs | run i-1             | UNAVAILABLE | ''",
        "/oos | freeze              | UNAVAILABLE | ''",
        "/oos | show                | ARGUMENTS | ''",
        "/oos | run T novalue       | PARAMETER | ''",
        "/ecs | start \"i-1         | QUOTE | ''",
        "/ecs | start i-\ufffd      | CHARACTERS | ''",
        "/ecs | start web-1         | TARGET | ''",
        "/ecs | start tag:env       | TARGET | ''",
        "/ecs | start name:         | TARGET | ''",
        "/ecs | stop ,              | TARGET | ''",
        "/ecs | status ,,           | TARGET | ''",
        "/ecs | stop tag:env=       | TARGET | ''",
        "/ecs | stop name:\" \"    | TARGET | ''",
        "/ecs | stop group:\" \"   | TARGET | ''",
        "/ecs | stop tag:a=b tag:a=c | TARGET | ''",
        "/oos | run T a=1 A=2       | OPTION_TWICE | ''",
        "/oos | run T a=1 a=1       | OPTION_TWICE | ''",
        "/oos | run T regionId=cn-beijing --region cn-hangzhou | OPTION_TWICE | ''",
        "/oos | run T OOSAssumeRole=A --role B | OPTION_TWICE | ''",
        "/ecs | start i-1 tag:a=b   | TARGETS_MIXED | ''",
        "/ecs | start group:a name:b | TARGETS_MIXED | ''",
        "/ecs | start name:a name:b | TARGETS_MIXED | ''",
      })
  void a_mistake_is_named_with_the_nearest_right_word(
      String name, String text, Mistake.Kind kind, String nearest) {
    Parsed parsed = CommandParser.parse(name, text);

    assertThat(parsed).isInstanceOf(Mistake.class);
    assertThat(((Mistake) parsed).kind()).isEqualTo(kind);
    assertThat(((Mistake) parsed).nearest()).isEqualTo(nearest);
  }

  @Test
  void parameters_keep_quotes_that_belong_to_them() {
    Command command = understood(
        "/oos",
        "run My-Template text=“don't stop” list=[\"i-1\",\"i-2\"] map={\"a\":\"b\"} empty=");

    assertThat(command.arguments())
        .containsExactly(
            "My-Template",
            "text=don't stop",
            "list=[\"i-1\",\"i-2\"]",
            "map={\"a\":\"b\"}",
            "empty=");
  }

  @Test
  void quoted_words_and_words_after_two_dashes_are_no_options() {
    assertThat(understood("/oos", "reject exec-1 \"--region\" -- --lang -1").arguments())
        .containsExactly("exec-1", "--region", "--lang", "-1");
  }

  @Test
  void full_width_text_in_quotes_stays() {
    assertThat(understood("/oos", "reject exec-1 \"不行，太晚了：１\"").arguments())
        .containsExactly("exec-1", "不行，太晚了：１");
  }

  @Test
  void too_much_text_is_told() {
    assertThat(((Mistake) CommandParser.parse("/ecs", "x".repeat(8001))).kind())
        .isEqualTo(Mistake.Kind.LONG);
    assertThat(((Mistake) CommandParser.parse("/ecs", "start " + ids(101))).kind())
        .isEqualTo(Mistake.Kind.LONG);
    assertThat(understood("/ecs", "start " + ids(100)).arguments()).hasSize(100);
  }

  @Test
  void targets_are_ids_or_filters_or_a_group() {
    assertThat(Targets.parse(List.of("I-BP1", "i-bp2,i-bp1")))
        .isEqualTo(new Targets(List.of("i-bp1", "i-bp2"), "", Map.of(), ""));
    assertThat(Targets.parse(List.of("name:web-*", "tag:env=staging", "tag:team=a=b")))
        .isEqualTo(new Targets(List.of(), "web-*", Map.of("env", "staging", "team", "a=b"), ""));
    assertThat(Targets.parse(List.of("group:asg-1")).group()).isEqualTo("asg-1");
    assertThat(Targets.parse(List.of()).isEveryInstance()).isTrue();
  }

  private static String ids(int count) {
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < count; i++) {
      ids.append("i-").append(i).append(' ');
    }
    return ids.toString();
  }

  private static Command understood(String name, String text) {
    Parsed parsed = CommandParser.parse(name, text);
    assertThat(parsed).as(text).isInstanceOf(Parsed.Understood.class);
    return ((Parsed.Understood) parsed).command();
  }
}
