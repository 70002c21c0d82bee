package chatops.front.page;

import chatops.chat.view.TaskLine;
import chatops.chat.view.TimelineView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The tasks in time: one line each, as long as it took, nested as they are. Immutable. */
record TimelinePart(Parts parts) {
  private static final int WIDTH = 1000;
  private static final int LEAST = 6;
  private static final int DEEPEST = 6;

  void write(Look look, TimelineView view, LinkedSubject.FormToken form, Html body) {
    body.raw("<div class=\"card flat\">\n<h2 class=\"times\">")
        .text(parts.say(look, "tasks"))
        .raw("</h2>\n");
    if (view.tasks().isEmpty()) {
      body.raw("<p class=\"times\">").text(parts.say(look, "tasks.none")).raw("</p>\n</div>\n");
      return;
    }
    String end = view.isEnded() ? view.endedAt() : view.now();
    body.raw("<p class=\"times\"><span>");
    Moments.clock(body, view.createdAt());
    body.raw("</span><span>");
    Moments.clock(body, end);
    body.raw("</span></p>\n<ol class=\"tl\">\n");
    Scale scale = Scale.of(view.createdAt(), end);
    for (TaskLine task : view.tasks()) {
      task(look, view, task, scale, form, body);
    }
    if (view.hidden() > 0) {
      body.raw("<li><p class=\"one soft\">")
          .text(parts.say(look, "tasks.hidden", view.hidden()))
          .raw("</p></li>\n");
    }
    body.raw("</ol>\n</div>\n");
  }

  private void task(
      Look look,
      TimelineView view,
      TaskLine task,
      Scale scale,
      LinkedSubject.FormToken form,
      Html body) {
    int depth = Math.min(task.depth(), DEEPEST);
    body.raw(depth == 0 ? "<li>" : "<li class=\"d" + depth + "\">")
        .raw("<details id=\"task" + Tools.id(task.path()) + "\"><summary>\n");
    line(look, view, task, scale, body);
    body.raw("</summary>\n<div class=\"more\">\n");
    more(look, task, body);
    if (task.isFailedNow() && (view.may("retry") || view.may("skip"))) {
      body.raw("<div class=\"tools\">\n");
      if (view.may("retry")) {
        Tools.retry(parts, look, form, task.path(), body);
      }
      if (view.may("skip")) {
        Tools.skip(parts, look, form, task.path(), body);
      }
      body.raw("</div>\n");
    }
    body.raw("</div>\n</details></li>\n");
  }

  private void line(Look look, TimelineView view, TaskLine task, Scale scale, Html body) {
    String tone = Icons.tone(task.status());
    body.raw("<span class=\"name\"><span class=\"icon " + tone + "\">" + Icons.of(task.status())
            + "</span><span class=\"out\">")
        .text(parts.status(look, task.status()))
        .raw(" </span><b>")
        .text(task.name())
        .raw("</b><span class=\"sub\">")
        .text(task.item().isEmpty() ? task.action() : task.item())
        .raw("</span></span>\n");
    String end = task.endedAt().isEmpty() ? view.now() : task.endedAt();
    scale.bar(task.startedAt(), end, tone, body);
    body.raw("<span class=\"dur\">")
        .text(Moments.between(task.startedAt(), end))
        .raw("</span>\n");
    if (task.items() > 0) {
      progress(look, task, body);
    }
    if (!task.message().isEmpty()) {
      body.raw("<span class=\"note " + (tone.equals("stop") ? "stop" : "") + "\">")
          .text(task.code().isEmpty() ? "" : task.code() + ": ")
          .text(task.message())
          .raw("</span>\n");
    }
    String waiting = "page.waiting." + task.waitingFor();
    if (!task.waitingFor().isEmpty() && parts.texts().has(look.language(), waiting)) {
      body.raw("<span class=\"note warn\">")
          .text(parts.say(look, "waiting." + task.waitingFor()))
          .raw("</span>\n");
    }
  }

  /** How far a loop is: by numbers, and drawn. */
  private void progress(Look look, TaskLine task, Html body) {
    body.raw("<span class=\"note\">")
        .text(parts.say(look, "loop", task.done(), task.items(), task.failed(), task.running()))
        .raw("</span>\n<svg class=\"bar note\" viewBox=\"0 0 " + WIDTH
            + " 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">");
    body.raw("<rect class=\"track\" width=\"" + WIDTH + "\" height=\"6\"/>");
    int x = segment(0, task.done(), task.items(), "go", body);
    x = segment(x, task.failed(), task.items(), "stop", body);
    segment(x, task.running(), task.items(), "run", body);
    body.raw("</svg>\n");
  }

  private static int segment(int x, int count, int of, String tone, Html body) {
    int width = (int) ((long) count * WIDTH / Math.max(1, of));
    if (width > 0) {
      body.raw(
          "<rect class=\"f-" + tone + "\" x=\"" + x + "\" width=\"" + width + "\" height=\"6\"/>");
    }
    return x + width;
  }

  private void more(Look look, TaskLine task, Html body) {
    body.raw("<dl>\n");
    parts.fact(look, "task.action", task.action(), body);
    parts.fact(look, "task.item", task.item(), body);
    body.element("dt", parts.say(look, "task.path"))
        .raw("<dd><code>")
        .text(task.path())
        .raw("</code></dd>\n");
    parts.moment(look, "started", task.startedAt(), body);
    parts.moment(look, "ended", task.endedAt(), body);
    parts.moment(look, "task.wakes", task.endedAt().isEmpty() ? task.wakeAt() : "", body);
    parts.fact(look, "cost.calls", task.calls() == 0 ? "" : String.valueOf(task.calls()), body);
    parts.fact(
        look, "task.attempt", task.attempt() == 0 ? "" : String.valueOf(task.attempt() + 1), body);
    for (TaskLine.Output output : task.outputs()) {
      body.element("dt class=\"mono\"", output.name())
          .element("dd class=\"value mono\"", output.value())
          .raw("\n");
    }
    body.raw("</dl>\n");
  }

  /** Places of instants between the start and the end. */
  private record Scale(@Nullable Instant start, long millis) {
    static Scale of(String start, String end) {
      Instant from = Moments.parse(start);
      Instant to = Moments.parse(end);
      return from == null || to == null
          ? new Scale(null, 1)
          : new Scale(from, Math.max(1, Duration.between(from, to).toMillis()));
    }

    void bar(String from, String to, String tone, Html body) {
      body.raw("<svg class=\"bar\" viewBox=\"0 0 " + WIDTH
          + " 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">");
      body.raw("<rect class=\"track\" y=\"4\" width=\"" + WIDTH + "\" height=\"2\"/>");
      int x = Math.min(place(from), WIDTH - LEAST);
      int width = Math.max(LEAST, place(to) - x);
      body.raw("<rect class=\"f-" + tone + "\" x=\"" + x + "\" width=\"" + width
          + "\" height=\"10\"/></svg>\n");
    }

    private int place(String iso) {
      Instant at = Moments.parse(iso);
      if (at == null || start == null) {
        return 0;
      }
      long after = Duration.between(start, at).toMillis();
      return (int) Math.max(0, Math.min(WIDTH, after * WIDTH / millis));
    }
  }
}
