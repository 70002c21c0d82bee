package chatops.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
  private static final Map<String, String> ALIASES = Map.of(
      "web", "ecs status name:web-*",
      "重启网站", "oos run ECS-RebootInstances",
      "up", "/ecs start");

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
        "start i-bp1abc --region Cn-Beijing",
        "start --region cn-beijing — i-bp1abc",
        "start --region cn-beijing –– i-bp1abc",
        "start --region cn-beijing -- i-bp1abc",
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
        "/ecs | help               | ecs",
        "/ecs | ?                  | ecs",
        "/ecs | help start         | ecs start",
        "/ecs | help restart       | ecs reboot",
        "/ecs | start --help       | ecs start",
        "/ecs | start i-1 —help    | ecs start",
        "/ecs | 帮助 启动            | ecs start",
        "/oos | help               | ''",
        "/oos | help ecs           | ecs",
        "/oos | help ecs start     | ecs start",
        "/oos | help instances stop | ecs stop",
        "/oos | help run           | oos run",
        "/oos | help start         | ecs start",
        "/oos | help /oos approve  | oos approve",
        "''   | help               | ''",
        "''   | help ecs stop      | ecs stop",
        "''   | help freeze        | oos freeze",
        "''   | ecs help stop      | ecs stop",
      })
  void help_may_be_about_a_family_or_a_command(String name, String text, String about) {
    Command command = understood(name, text);

    assertThat(command.name()).isEqualTo("oos help");
    assertThat(String.join(" ", command.arguments())).isEqualTo(about);
  }

  @ParameterizedTest
  @CsvSource({
    "/ecs,help strat,ecs start",
    "/oos,help aprove,oos approve",
    "/oos,help ecs reboto,ecs reboot",
    "'',help xyzzy,''"
  })
  void help_about_nothing_known_names_the_nearest(String name, String text, String nearest) {
    Mistake mistake = (Mistake) CommandParser.parse(name, text);

    assertThat(mistake.kind()).isEqualTo(Mistake.Kind.VERB);
    assertThat(mistake.nearest()).isEqualTo(nearest);
  }

  @ParameterizedTest
  @MethodSource("available")
  void what_help_shows_as_an_example_is_understood(Verbs.Verb verb) {
    assertThat(
            understood("/" + verb.family(), verb.name() + " " + verb.example()).name())
        .isEqualTo(verb.command());
  }

  static List<Verbs.Verb> available() {
    return Verbs.ALL.stream().filter(Verbs.Verb::available).toList();
  }

  @Test
  void no_word_stands_for_two_verbs_of_a_family() {
    for (Verbs.Family family : Verbs.FAMILIES) {
      List<String> words = new ArrayList<>();
      for (Verbs.Verb verb : Verbs.of(family.name())) {
        words.add(verb.name());
        words.addAll(verb.aliases());
      }
      assertThat(words).doesNotHaveDuplicates();
    }
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
        "/ecs | run i-1             | ARGUMENTS | ''",
        "/ecs | run disk i-1 i-2    | ERRAND | ''",
        "/ecs | run disk on         | ARGUMENTS | ''",
        "/ecs | run disk on path=/  | ERRAND | ''",
        "/ecs | run disk on web-1   | TARGET | name:web-1",
        "/ecs | run disk on i-1 a=1 A=2 | OPTION_TWICE | ''",
        "/ecs | install demo V2 now on i-1 | ERRAND | ''",
        "/ecs | script i-1          | SCRIPT | ''",
        "/ecs | run i-1 --          | SCRIPT | ''",
        "/ecs | run web-1 -- uptime | TARGET | name:web-1",
        "/ecs | run -- uptime       | ARGUMENTS | ''",
        "/ecs | run i-1 --shell x -- uptime | OPTION | ''",
        "/oos | show                | ARGUMENTS | ''",
        "/oos | run T novalue       | PARAMETER | ''",
        "/ecs | start \"i-1         | QUOTE | ''",
        "/ecs | start i-\ufffd      | CHARACTERS | ''",
        "/ecs | start web-1         | TARGET | name:web-1",
        "/ecs | start web-*         | TARGET | name:web-*",
        "/ecs | start env=staging   | TARGET | tag:env=staging",
        "/ecs | start asg-bp1       | TARGET | group:asg-bp1",
        "/ecs | start a/b           | TARGET | ''",
        "/ecs | start =b            | TARGET | ''",
        "/ecs | start env=          | TARGET | ''",
        "/ecs | start all           | TARGET | name:all",
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
    Mistake mistake = mistake(CommandParser.parse(name, text));

    assertThat(mistake.kind()).isEqualTo(kind);
    assertThat(mistake.nearest()).isEqualTo(nearest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ecs | run disk on i-1               | ecs run       | disk |    | i-1 |",
        "/ecs | run disk 在 i-1               | ecs run       | disk |    | i-1 |",
        "''   | ecs upgrade demo V2 ON name:a* | ecs upgrade   | demo | V2 | name:a* |",
        "/ecs | install demo on tag:a=b port=1 tag:c=d x=y=z --region r | ecs install | demo | | tag:a=b tag:c=d | port=1 x=y=z",
        "/ecs | 卸载 demo on i-1               | ecs uninstall | demo |    | i-1 |",
      })
  void something_with_a_name_is_done_on_instances(
      String name,
      String text,
      String command,
      String what,
      String version,
      String targets,
      String parameters) {
    Command understood = understood(name, text);
    Errand errand = Errand.parse(understood.arguments());

    assertThat(understood.name()).isEqualTo(command);
    assertThat(errand.name()).isEqualTo(what);
    assertThat(errand.version()).isEqualTo(version == null ? "" : version);
    assertThat(String.join(" ", errand.targets())).isEqualTo(targets);
    assertThat(String.join(" ", errand.parameters()))
        .isEqualTo(parameters == null ? "" : parameters);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void a_script_behind_dashes_is_taken_as_it_was_typed(
      String name, String text, String targets, String script) {
    Command command = understood(name, text);

    assertThat(command.name()).isEqualTo("ecs script");
    assertThat(String.join(" ", command.arguments())).isEqualTo(targets);
    assertThat(command.options()).containsEntry("script", script);
  }

  static List<Arguments> scripts() {
    return List.of(
        Arguments.of("/ecs", "run i-1 -- uptime", "i-1", "uptime"),
        Arguments.of(
            "/ecs", "script name:web-* -- echo 'a  b' -- c", "name:web-*", "echo 'a  b' -- c"),
        Arguments.of("", "ecs run i-1 i-2 -- don't | \"quote", "i-1 i-2", "don't | \"quote"),
        Arguments.of(
            "/ecs",
            "run i-1 -- for i in 1 2\ndo\n  echo $i\ndone\n",
            "i-1",
            "for i in 1 2\ndo\n  echo $i\ndone"),
        Arguments.of(
            "/ecs",
            "run i-1 \u2014 echo \u201ca b\u201d\u00a0\u2018c\u2019",
            "i-1",
            "echo \"a b\" 'c'"),
        Arguments.of("/ecs", "run i-1 -- ```\nls -l\n```", "i-1", "ls -l"),
        Arguments.of("/ecs", "run i-1 -- `uptime`", "i-1", "uptime"),
        Arguments.of("/ecs", "run i-1 -- echo `date` `id`", "i-1", "echo `date` `id`"),
        Arguments.of("/ecs", "run i-1 -- grep -- --x f\r\nls", "i-1", "grep -- --x f\nls"),
        Arguments.of(
            "/ecs",
            "run i-1 --region cn-beijing --timeout 5m -- echo {{ a }} １",
            "i-1",
            "echo {{ a }} １"));
  }

  @Test
  void options_before_the_dashes_are_options_and_behind_them_are_text() {
    Command command = understood("/ecs", "run i-1 --timeout 5m --user web -- ls --region x");

    assertThat(command.options())
        .isEqualTo(Map.of("timeout", "5m", "user", "web", "script", "ls --region x"));
  }

  @Test
  void dashes_of_other_commands_are_as_they_were() {
    Command command = understood("/oos", "approve exec-1 -- --fine");

    assertThat(command.arguments()).containsExactly("exec-1", "--fine");
  }

  @Test
  void what_lacks_arguments_is_kept_as_far_as_it_goes() {
    Parsed.Incomplete start =
        (Parsed.Incomplete) CommandParser.parse("/ecs", "start --region cn-beijing");
    Parsed.Incomplete run = (Parsed.Incomplete) CommandParser.parse("/oos", "run");

    assertThat(start.command())
        .isEqualTo(new Command("ecs", "start", List.of(), Map.of("region", "cn-beijing")));
    assertThat(run.command().name()).isEqualTo("oos run");
    assertThat(run.mistake().how()).isEqualTo("/oos run <template> [name=value …] [--region …]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ecs | web                        | ecs status  | name:web-*",
        "/oos | web                        | ecs status  | name:web-*",
        "''   | Web                        | ecs status  | name:web-*",
        "/ecs | web --region cn-beijing    | ecs status  | name:web-*",
        "/ecs | web tag:env=staging        | ecs status  | name:web-* tag:env=staging",
        "/oos | 重启网站 targets=i-1        | oos run     | ECS-RebootInstances targets=i-1",
        "''   | up i-1                     | ecs start   | i-1",
      })
  void an_alias_stands_for_the_beginning_of_a_command(
      String name, String text, String command, String arguments) {
    Parsed.Understood understood = (Parsed.Understood) CommandParser.parse(name, text, ALIASES);

    assertThat(understood.command().name()).isEqualTo(command);
    assertThat(String.join(" ", understood.command().arguments())).isEqualTo(arguments);
  }

  @Test
  void an_alias_hides_nothing_is_expanded_once_and_is_among_the_near_misses() {
    Map<String, String> sly =
        Map.of("stop", "ecs start i-1", "loop", "loop", "over", "under", "under", "ecs status");

    assertThat(((Parsed.Understood) CommandParser.parse("/ecs", "stop i-1", sly))
            .command()
            .name())
        .isEqualTo("ecs stop");
    assertThat(mistake(CommandParser.parse("/ecs", "loop", sly)).found()).isEqualTo("loop");
    assertThat(mistake(CommandParser.parse("/ecs", "over", sly)).found()).isEqualTo("under");
    assertThat(mistake(CommandParser.parse("/ecs", "wbe", ALIASES)).nearest()).isEqualTo("ecs web");
    assertThat(CommandParser.parse("/ecs", "up", ALIASES)).isInstanceOf(Parsed.Incomplete.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web      | ecs status name:web-* | ''",
        "up       | /ecs start            | ''",
        "deploy   | oos run               | ''",
        "重启      | ecs reboot i-1        | command of its own",
        "stop     | ecs stop i-1          | command of its own",
        "ecs      | ecs status            | command of its own",
        "two words | ecs status           | one word",
        "-x       | ecs status            | one word",
        "Web      | ecs status            | one word",
        "x        | esc status            | did you mean ecs",
        "x        | ecs strat i-1         | did you mean ecs start",
        "x        | ecs start web-1       | target web-1",
        "x        | other                 | beginning of a command",
      })
  void an_alias_that_cannot_work_is_told_when_the_configuration_is_checked(
      String name, String meaning, String told) {
    if (told.isEmpty()) {
      assertThat(Aliases.problem(name, meaning)).isEmpty();
    } else {
      assertThat(Aliases.problem(name, meaning)).contains(told);
    }
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-1 i-2            | i-1 i-2",
        "i-1,i-2            | i-1 i-2",
        "i-1, i-2           | i-1 i-2",
        "i-1，i-2           | i-1 i-2",
        "i-1、i-2           | i-1 i-2",
        "I-1 i-1            | i-1",
        "i-1.               | i-1",
        "i-1。i-2           | ''",
        "i-1; i-2;          | i-1 i-2",
        "ｉ－１             | i-1",
      })
  void ids_are_read_as_phones_write_them(String typed, String ids) {
    Parsed parsed = CommandParser.parse("/ecs", "start " + typed);

    if (ids.isEmpty()) {
      assertThat(parsed).isInstanceOf(Mistake.class);
    } else {
      List<String> words = ((Parsed.Understood) parsed).command().arguments();
      assertThat(String.join(" ", Targets.parse(words).ids())).isEqualTo(ids);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: web-*                  | web-* | {}             | ''",
        "Name: web-* Tag: env=staging | web-* | {env=staging}  | ''",
        "tag:env=a tag: team=b        | ''    | {env=a, team=b} | ''",
        "group: asg-1                 | ''    | {}             | asg-1",
        "GROUP:asg-1                  | ''    | {}             | asg-1",
        "name:\"web 1\"               | web 1 | {}             | ''",
        "tag:a=b,c                    | ''    | {a=b,c}        | ''",
        "tag:说明=中文                 | ''    | {说明=中文}     | ''",
      })
  void filters_are_read_as_phones_write_them(String typed, String name, String tags, String group) {
    Targets targets = Targets.parse(understood("/ecs", "stop " + typed).arguments());

    assertThat(targets.name()).isEqualTo(name);
    assertThat(targets.tags()).hasToString(tags);
    assertThat(targets.group()).isEqualTo(group);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "status all", "status ALL", "状态 全部", "状態 すべて"})
  void everything_may_be_looked_at(String typed) {
    assertThat(understood("/ecs", typed).arguments()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Exec-Abc2", "exec-abc2.", "EXEC-ABC2，", "exec-abc2"})
  void an_execution_is_named_as_phones_name_it(String typed) {
    assertThat(understood("/oos", "show " + typed).arguments()).containsExactly("exec-abc2");
  }

  @Test
  void a_long_dash_in_a_reason_stays() {
    assertThat(understood("/oos", "reject exec-1 too late — not now").arguments())
        .containsExactly("exec-1", "too", "late", "—", "not", "now");
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

  private static Mistake mistake(Parsed parsed) {
    assertThat(parsed).isNotInstanceOf(Parsed.Understood.class);
    return parsed instanceof Parsed.Incomplete incomplete ? incomplete.mistake() : (Mistake) parsed;
  }

  private static Command understood(String name, String text) {
    Parsed parsed = CommandParser.parse(name, text);
    assertThat(parsed).as(text).isInstanceOf(Parsed.Understood.class);
    return ((Parsed.Understood) parsed).command();
  }
}
