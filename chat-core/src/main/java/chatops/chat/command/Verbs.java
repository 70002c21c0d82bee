package chatops.chat.command;

import java.util.ArrayList;
import java.util.List;

/** Every command there is: the one list that the parser, {@code help} and the check of {@code chatops.yaml} read. */
public final class Verbs {
  /**
   * One command.
   *
   * @param template the shipped template it runs, empty for others
   * @param usage what follows the verb, the same in every language
   * @param options names of the options it takes besides {@code lang}
   * @param least fewest arguments it needs
   * @param available false when the design names it and this version does not have it yet
   * @param aliases other spellings of the verb
   */
  public record Verb(
      String family,
      String name,
      String template,
      String usage,
      List<String> options,
      int least,
      boolean available,
      List<String> aliases) {
    /** {@code ecs start}. */
    public String command() {
      return family + " " + name;
    }
  }

  private static final List<String> PLACE = List.of("region", "role");
  private static final List<String> NONE = List.of();
  private static final String TARGETS =
      "<i-… | name:web-* | tag:env=staging | group:asg-…> [--region …]";

  public static final List<Verb> ALL = List.of(
      new Verb(
          "ecs",
          "status",
          "ECS-DescribeInstances",
          "[" + TARGETS.substring(0, TARGETS.indexOf(" [")) + "] [--region …]",
          PLACE,
          0,
          true,
          List.of("describe", "list", "ls", "stat", "状态", "查看", "状態")),
      new Verb("ecs", "start", "ECS-StartInstances", TARGETS, PLACE, 1, true, List.of("启动", "起動")),
      new Verb("ecs", "stop", "ECS-StopInstances", TARGETS, PLACE, 1, true, List.of("停止")),
      new Verb(
          "ecs",
          "reboot",
          "ECS-RebootInstances",
          TARGETS,
          PLACE,
          1,
          true,
          List.of("restart", "重启", "再起動")),
      new Verb("ecs", "run", "", TARGETS, PLACE, 1, false, NONE),
      new Verb("ecs", "install", "", TARGETS, PLACE, 1, false, NONE),
      new Verb("ecs", "uninstall", "", TARGETS, PLACE, 1, false, NONE),
      new Verb(
          "oos",
          "run",
          "",
          "<template> [name=value …] [--region …]",
          PLACE,
          1,
          true,
          List.of("执行", "実行")),
      new Verb("oos", "list", "", "", NONE, 0, true, List.of("ls", "列表", "一覧")),
      new Verb(
          "oos", "show", "", "<execution>", NONE, 1, true, List.of("get", "describe", "详情", "詳細")),
      new Verb("oos", "logs", "", "<execution>", NONE, 1, true, List.of("log", "日志", "ログ")),
      new Verb(
          "oos",
          "approve",
          "",
          "<execution> [reason …]",
          List.of("reason"),
          1,
          true,
          List.of("批准", "同意", "承認")),
      new Verb(
          "oos",
          "reject",
          "",
          "<execution> [reason …]",
          List.of("reason"),
          1,
          true,
          List.of("deny", "拒绝", "驳回", "却下")),
      new Verb("oos", "cancel", "", "<execution>", NONE, 1, true, List.of("取消", "中止")),
      new Verb("oos", "retry", "", "<execution>", NONE, 1, false, NONE),
      new Verb("oos", "skip", "", "<execution>", NONE, 1, false, NONE),
      new Verb("oos", "freeze", "", "", NONE, 0, false, NONE),
      new Verb("oos", "whoami", "", "", NONE, 0, true, List.of("我是谁", "私は誰")),
      new Verb("oos", "help", "", "", NONE, 0, true, List.of("?", "h", "帮助", "ヘルプ")));

  private Verbs() {}

  /** The verbs of one family, in the order help shows them. */
  public static List<Verb> of(String family) {
    List<Verb> verbs = new ArrayList<>();
    for (Verb verb : ALL) {
      if (verb.family().equals(family)) {
        verbs.add(verb);
      }
    }
    return verbs;
  }

  /** {@code ecs start, ecs stop, …}: for messages. */
  public static String names() {
    StringBuilder names = new StringBuilder();
    for (Verb verb : ALL) {
      names.append(names.length() == 0 ? "" : ", ").append(verb.command());
    }
    return names.toString();
  }
}
