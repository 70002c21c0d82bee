package chatops.execution.scaling;

import chatops.chat.Language;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.text.Texts;
import chatops.engine.view.ExecutionView;
import chatops.engine.view.TaskView;
import chatops.execution.explain.Explanation;
import chatops.execution.explain.Explanations;
import chatops.execution.notify.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the card of a scaling activity says: for each hook how far it is, which result it got, by which policy, and why. */
public final class ActivityMessages {
  private static final int NAMED = 10;

  private final Texts texts;

  public ActivityMessages(Texts texts) {
    this.texts = texts;
  }

  /** One hook's execution with its tasks. */
  record Shown(ExecutionView view, List<TaskView> tasks) {
    HookFacts hook() {
      return HookFacts.of(view.origin()).orElseThrow();
    }

    /** The task of the template itself that has this name. */
    Optional<TaskView> task(String name) {
      return tasks.stream()
          .filter(task -> task.name().equals(name) && task.path().indexOf('/') < 0)
          .reduce((first, second) -> second);
    }

    /** The runs of the hook's template, one for each instance where it runs so. */
    List<TaskView> runs() {
      String inside = task("held").map(held -> held.path() + "/t0001.").orElse("/");
      return tasks.stream()
          .filter(task -> task.path().startsWith(inside)
              && task.path().indexOf('/', inside.length()) < 0
              && task.loopItem() != null)
          .toList();
    }

    boolean isEach() {
      return view.parameters().path("items").equals(view.parameters().path("instanceIds"));
    }

    /** The result that we gave the hook; empty when we gave it none. */
    String result() {
      if (isDone("complete")) {
        return "CONTINUE";
      }
      return isDone("completeFailed") || isDone("completeCancelled") ? hook().failure() : "";
    }

    /** What Auto Scaling said of a hook that its template completes; empty when it was not asked. */
    String seen(String output) {
      return task("seen").map(seen -> seen.outputs().path(output).asText("")).orElse("");
    }

    /** Whether the execution ended as it did because of this task. */
    boolean failedBy(String task) {
      return view.statusMessage().startsWith(task + ": ");
    }

    private boolean isDone(String task) {
      return task(task).map(t -> t.status().equals("Success")).orElse(false);
    }

    long count(String status) {
      return runs().stream().filter(run -> run.status().equals(status)).count();
    }
  }

  Message of(List<Shown> all, Language language) {
    Wording words = new Wording(texts, language);
    HookFacts hook = all.get(0).hook();
    List<String> lines = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Shown each : all) {
      lines.addAll(lines(each, words));
      ids.add(each.view().id());
    }
    return Message.of(
            mark(all),
            words.say("scaling.title." + hook.transition(), hook.group(), hook.instances()))
        .withField(words.say("scaling.group"), hook.groupId())
        .withField(words.say("scaling.activity"), hook.activityId())
        .withField(words.field("instances"), instances(all.get(0), words))
        .withText(String.join("\n", lines))
        .withFooter(String.join("  ", ids));
  }

  /** Nothing could be started for a hook. */
  Message refused(HookFacts hook, String why, Language language) {
    Wording words = new Wording(texts, language);
    String next = hook.defaultResult().isEmpty()
        ? words.say("scaling.refused.next")
        : words.say("scaling.refused.default", hook.defaultResult());
    return Message.of(
            Mark.REFUSED,
            words.say("scaling.title." + hook.transition(), hook.group(), hook.instances()))
        .withField(words.say("scaling.group"), hook.groupId())
        .withField(words.say("scaling.activity"), hook.activityId())
        .withText(words.say("scaling.refused", hook.hook(), why) + "\n" + next);
  }

  private static Mark mark(List<Shown> all) {
    Mark mark = Mark.SUCCESS;
    for (Shown each : all) {
      switch (each.view().status()) {
        case "Success" -> {}
        case "Failed" -> mark = Mark.FAILED;
        case "Cancelled" -> mark = mark == Mark.FAILED ? mark : Mark.CANCELLED;
        case "Waiting" -> {
          return Mark.WAITING;
        }
        default -> {
          return Mark.RUNNING;
        }
      }
    }
    return mark;
  }

  private static String instances(Shown shown, Wording words) {
    List<String> ids = new ArrayList<>();
    shown.view().parameters().path("instanceIds").forEach(id -> ids.add(id.asText()));
    return named(ids, words);
  }

  private static String named(List<String> ids, Wording words) {
    String named = String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())));
    return ids.size() > NAMED ? named + " " + words.say("more", ids.size() - NAMED) : named;
  }

  private List<String> lines(Shown shown, Wording words) {
    List<String> lines = new ArrayList<>();
    HookFacts hook = shown.hook();
    ExecutionView view = shown.view();
    String name = hook.hook();
    if (view.endedAt() == null) {
      String how = view.waitingStatus().isEmpty() ? "scaling.running" : "scaling.waiting";
      lines.add(words.say(how, name, hook.template()) + done(shown, words));
      return lines;
    }
    String result = shown.result();
    if (!result.isEmpty()) {
      lines.add(words.say("scaling.result", name, result, policy(shown, words)));
    } else if (hook.completesItself() && !shown.seen("status").isEmpty()) {
      lines.add(itself(shown, words));
    } else {
      lines.add(words.say("scaling.none", name));
    }
    List<String> failures = failures(shown, words);
    lines.addAll(failures);
    if (!view.status().equals("Success") && !view.statusMessage().isBlank()) {
      // the status of work that failed on instances says no more than they do
      if (failures.isEmpty() || !shown.failedBy("held")) {
        lines.add(view.statusMessage());
      }
      Explanations.shipped()
          .in(view.statusMessage(), words.language())
          .ifPresent(explanation -> explain(explanation, words, lines));
    }
    return lines;
  }

  /** What a hook got from the template that completes it. */
  private static String itself(Shown shown, Wording words) {
    HookFacts hook = shown.hook();
    String result = shown.seen("result");
    return switch (shown.seen("status")) {
      case "Pending" -> words.say("scaling.unfinished", hook.hook(), hook.template());
      case "Timeout" -> words.say("scaling.late", hook.hook(), hook.template(), result);
      default -> words.say("scaling.itself", hook.hook(), hook.template(), result);
    };
  }

  static void explain(Explanation explanation, Wording words, List<String> lines) {
    lines.add(words.say("explain.cause", explanation.cause()));
    lines.add(words.say("explain.fix", explanation.fix()));
    if (!explanation.action().isEmpty()) {
      lines.add(words.say("explain.action", explanation.action()));
    }
  }

  private static String done(Shown shown, Wording words) {
    if (!shown.isEach()) {
      return "";
    }
    long done = shown.count("Success") + shown.count("Failed") + shown.count("Cancelled");
    return " " + words.say("scaling.done", done, shown.hook().instances());
  }

  private static String policy(Shown shown, Wording words) {
    HookFacts hook = shown.hook();
    if (!shown.isEach()) {
      return words.say(
          shown.count("Success") > 0 ? "scaling.once.ok" : "scaling.once.failed", hook.template());
    }
    return hook.quorum() == 100
        ? words.say("scaling.any-failure", shown.count("Success"), hook.instances())
        : words.say(
            "scaling.quorum",
            hook.quorum(),
            shown.count("Success"),
            hook.instances(),
            hook.needed());
  }

  /** Which instances failed, each reason once. */
  private static List<String> failures(Shown shown, Wording words) {
    Map<String, List<String>> byReason = new TreeMap<>();
    for (TaskView run : shown.runs()) {
      if (run.status().equals("Failed") && shown.isEach() && run.loopItem() != null) {
        byReason
            .computeIfAbsent(run.message(), reason -> new ArrayList<>())
            .add(run.loopItem().asText());
      }
    }
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (reason, ids) -> lines.add(words.say("scaling.failed", named(ids, words), reason)));
    return lines;
  }
}
