package chatops.chat.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every command there is: the one list that the parser, {@code help} and the check of {@code chatops.yaml} read. A new command is
 * one entry here and its sentence {@code front.help.<family>.<name>} in each language; a new family is one more line in
 * {@link #FAMILIES}.
 */
public final class Verbs {
  /** What the words after a verb are: how the parser checks them. */
  public enum Takes {
    /** Anything, or nothing. */
    WORDS,
    /** Which instances it concerns, see {@link Targets}; nothing else. */
    TARGETS,
    /** A template's name, then {@code name=value} pairs. */
    TEMPLATE,
    /** Something with a name that is done on instances, see {@link Errand}. */
    ERRAND
  }

  /**
   * What stands before a verb.
   *
   * @param aliases other words for it, in lower case
   */
  public record Family(String name, List<String> aliases) {}

  /**
   * One command.
   *
   * @param takes what its words are
   * @param template the shipped template it runs, empty for others
   * @param usage what follows the verb, the same in every language
   * @param example words that {@code help} shows after the verb; they must parse
   * @param options names of the options it takes besides {@code lang}
   * @param least fewest arguments it needs
   * @param available false when the design names it and this version does not have it yet
   * @param aliases other spellings of the verb
   */
  public record Verb(
      String family,
      String name,
      Takes takes,
      String template,
      String usage,
      String example,
      List<String> options,
      int least,
      boolean available,
      List<String> aliases) {
    /** {@code ecs start}. */
    public String command() {
      return family + " " + name;
    }

    /** Whether everybody may use it, so that people without any right can find out why. */
    public boolean isForEverybody() {
      return command().equals("oos whoami") || command().equals("oos help");
    }

    private Verb runs(String template) {
      return new Verb(
          family, name, takes, template, usage, example, options, least, available, aliases);
    }

    private Verb shows(String usage, String example) {
      return new Verb(
          family, name, takes, template, usage, example, options, least, available, aliases);
    }

    private Verb with(String... options) {
      return new Verb(
          family,
          name,
          takes,
          template,
          usage,
          example,
          List.of(options),
          least,
          available,
          aliases);
    }

    private Verb least(int least) {
      return new Verb(
          family, name, takes, template, usage, example, options, least, available, aliases);
    }

    private Verb or(String... aliases) {
      return new Verb(
          family,
          name,
          takes,
          template,
          usage,
          example,
          options,
          least,
          available,
          List.of(aliases));
    }
  }

  public static final List<Family> FAMILIES = List.of(
      new Family("ecs", List.of("instance", "instances")),
      new Family("ess", List.of("scaling", "autoscaling")),
      new Family("oos", List.of("template", "templates")));

  private static final String SELECTED = "<i-… | name:web-* | tag:env=staging | group:asg-…>";
  private static final String TARGETS = SELECTED + " [--region …]";
  private static final String EXTENSION =
      "<extension> [version] on " + SELECTED + " [name=value …] [--region …]";
  private static final String EXECUTION = "exec-4f7azq2mkwx3c6dplb5hnrtyuo";

  public static final List<Verb> ALL = List.of(
      verb("ecs", "status", Takes.TARGETS)
          .runs("ECS-DescribeInstances")
          .shows("[" + SELECTED + "] [--region …]", "name:web-*")
          .with("region", "role")
          .least(0)
          .or("describe", "list", "ls", "stat", "状态", "查看", "状態"),
      verb("ecs", "start", Takes.TARGETS)
          .runs("ECS-StartInstances")
          .shows(TARGETS, "i-bp1abc i-bp1def --region cn-hangzhou")
          .with("region", "role")
          .or("启动", "起動"),
      verb("ecs", "stop", Takes.TARGETS)
          .runs("ECS-StopInstances")
          .shows(TARGETS, "tag:env=staging")
          .with("region", "role")
          .or("停止"),
      verb("ecs", "reboot", Takes.TARGETS)
          .runs("ECS-RebootInstances")
          .shows(TARGETS, "name:web-* tag:env=staging")
          .with("region", "role")
          .or("restart", "重启", "再起動"),
      verb("ecs", "run", Takes.ERRAND)
          .runs("ECS-RunCommand")
          .shows(
              "<script> on " + SELECTED + " [name=value …] [--region …]",
              "restart-nginx on name:web-*")
          .with("region", "role", "timeout")
          .least(3)
          .or("执行", "実行"),
      verb("ecs", "script", Takes.TARGETS)
          .runs("ECS-RunCommand")
          .shows(
              SELECTED
                  + " [--timeout 5m] [--user …] [--dir …] [--type shell|powershell|bat] -- <…>",
              "i-bp1abc -- uptime")
          .with("region", "role", "timeout", "user", "dir", "type")
          .or("sh", "脚本", "スクリプト"),
      verb("ecs", "install", Takes.ERRAND)
          .runs("ECS-ConfigureExtension")
          .shows(EXTENSION, "demo-agent V2 on name:web-* port=8080")
          .with("region", "role")
          .least(3)
          .or("安装", "インストール"),
      verb("ecs", "upgrade", Takes.ERRAND)
          .runs("ECS-ConfigureExtension")
          .shows(EXTENSION, "demo-agent on tag:env=staging")
          .with("region", "role")
          .least(3)
          .or("update", "升级", "更新"),
      verb("ecs", "uninstall", Takes.ERRAND)
          .runs("ECS-ConfigureExtension")
          .shows(EXTENSION, "demo-agent on i-bp1abc")
          .with("region", "role")
          .least(3)
          .or("remove", "卸载", "アンインストール"),
      verb("ecs", "extensions", Takes.TARGETS)
          .runs("ECS-ListExtensions")
          .shows(TARGETS, "name:web-*")
          .with("region", "role")
          .or("extension", "packages", "扩展", "拡張"),
      verb("ess", "groups", Takes.WORDS)
          .runs("ESS-DescribeScalingGroups")
          .shows("[asg-… | name-*] [--region …]", "web-*")
          .with("region", "role")
          .least(0)
          .or("group", "list", "ls", "伸缩组", "グループ"),
      verb("ess", "activities", Takes.WORDS)
          .runs("ESS-DescribeScalingActivities")
          .shows("<asg-…> [--region …]", "asg-bp1abc")
          .with("region", "role")
          .or("activity", "活动", "アクティビティ"),
      verb("ess", "hooks", Takes.WORDS)
          .runs("ESS-DescribeLifecycleHooks")
          .shows("<asg-…> [--region …]", "asg-bp1abc")
          .with("region", "role")
          .or("hook", "挂钩", "フック"),
      verb("ess", "complete", Takes.WORDS)
          .runs("ESS-CompleteLifecycleAction")
          .shows(
              "<token> continue|abandon|rollback [asg-…] [--region …]",
              "5B0D3F7E-8C1A-4E62-9F1B-2D7A6C3E9B10 continue")
          .with("region", "role")
          .least(2)
          .or("完成", "完了"),
      verb("oos", "run", Takes.TEMPLATE)
          .shows("<template> [name=value …] [--region …]", "ECS-RebootInstances targets=name:web-*")
          .with("region", "role")
          .or("执行", "実行"),
      verb("oos", "list", Takes.WORDS).shows("", "").least(0).or("ls", "列表", "一覧"),
      verb("oos", "show", Takes.WORDS)
          .shows("<execution>", EXECUTION)
          .or("get", "describe", "详情", "詳細"),
      verb("oos", "logs", Takes.WORDS).shows("<execution>", EXECUTION).or("log", "日志", "ログ"),
      verb("oos", "approve", Takes.WORDS)
          .shows("<execution> [reason …]", EXECUTION + " looks fine")
          .with("reason")
          .or("批准", "同意", "承認"),
      verb("oos", "reject", Takes.WORDS)
          .shows("<execution> [reason …]", EXECUTION + " not before the release")
          .with("reason")
          .or("deny", "拒绝", "驳回", "却下"),
      verb("oos", "cancel", Takes.WORDS).shows("<execution>", EXECUTION).or("取消", "中止"),
      verb("oos", "retry", Takes.WORDS)
          .shows("<execution> [task | question] [name=value …]", EXECUTION + " reboot")
          .or("重试", "再試行"),
      verb("oos", "skip", Takes.WORDS)
          .shows("<execution> [task | question]", EXECUTION + " reboot")
          .or("跳过", "スキップ"),
      verb("oos", "stop", Takes.WORDS)
          .shows("<execution> [question]", EXECUTION)
          .or("终止", "打ち切り"),
      verb("oos", "pause", Takes.WORDS)
          .shows("<execution> [reason …]", EXECUTION + " until the release is out")
          .or("暂停", "一時停止"),
      verb("oos", "resume", Takes.WORDS).shows("<execution>", EXECUTION).or("恢复", "再開"),
      verb("oos", "freeze", Takes.WORDS)
          .shows("[reason …] [--templates ECS-*]", "database migration --templates ECS-Bulk*")
          .with("templates")
          .least(0)
          .or("冻结", "凍結"),
      verb("oos", "unfreeze", Takes.WORDS)
          .shows("[--templates ECS-*]", "--templates ECS-Bulk*")
          .with("templates")
          .least(0)
          .or("thaw", "解冻", "凍結解除"),
      verb("oos", "page", Takes.WORDS)
          .shows("[execution]", EXECUTION)
          .least(0)
          .or("pages", "页面", "ページ"),
      verb("oos", "whoami", Takes.WORDS).shows("", "").least(0).or("我是谁", "私は誰"),
      verb("oos", "help", Takes.WORDS)
          .shows("[command]", "ecs start")
          .least(0)
          .or("?", "h", "帮助", "ヘルプ"));

  private Verbs() {}

  private static Verb verb(String family, String name, Takes takes) {
    return new Verb(family, name, takes, "", "", "", List.of(), 1, true, List.of());
  }

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

  /** The verb that is called {@code ecs start}, or null. */
  public static @Nullable Verb named(String command) {
    for (Verb verb : ALL) {
      if (verb.command().equals(command)) {
        return verb;
      }
    }
    return null;
  }

  /** The family's verb with this spelling, in any letter case; null when there is none. */
  static @Nullable Verb find(String family, String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (Verb verb : ALL) {
      if (verb.family().equals(family)
          && (verb.name().equals(lower) || verb.aliases().contains(lower))) {
        return verb;
      }
    }
    return null;
  }

  /** The family a word stands for, with or without a slash before it; empty when it stands for none. */
  static String family(String word) {
    String plain = (word.startsWith("/") ? word.substring(1) : word).toLowerCase(Locale.ROOT);
    for (Family family : FAMILIES) {
      if (family.name().equals(plain) || family.aliases().contains(plain)) {
        return family.name();
      }
    }
    return "";
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
