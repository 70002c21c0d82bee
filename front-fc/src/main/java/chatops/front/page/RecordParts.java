package chatops.front.page;

import chatops.chat.view.ApprovalLine;
import chatops.chat.view.QuestionLine;
import chatops.chat.view.TimelineView;

/** What there is on record about an execution: decisions, values, log, cost, audit trail. Immutable. */
record RecordParts(Parts parts) {
  private static final int HASH_SHOWN = 12;

  void decisions(Look look, TimelineView view, Html body) {
    boolean isAny = view.approvals().stream().anyMatch(each -> !each.isOpen())
        || view.questions().stream().anyMatch(each -> !each.answer().isEmpty());
    if (!isAny) {
      return;
    }
    body.raw("<div class=\"card\">\n<h2>").text(parts.say(look, "decisions")).raw("</h2>\n");
    for (ApprovalLine approval : view.approvals()) {
      if (!approval.isOpen()) {
        decision(look, approval, body);
      }
    }
    for (QuestionLine question : view.questions()) {
      if (!question.answer().isEmpty()) {
        body.raw("<h3>")
            .text(parts.say(look, "question.title", question.call()))
            .raw("</h3>\n<p>")
            .text(parts.say(look, "question.answered." + question.answer()))
            .text(question.answeredBy().isEmpty() ? "" : " · " + question.answeredBy())
            .raw("</p>\n");
      }
    }
    body.raw("</div>\n");
  }

  private void decision(Look look, ApprovalLine approval, Html body) {
    String outcome = "outcome." + approval.outcome();
    body.raw("<h3><span class=\"icon " + tone(approval.outcome()) + "\">" + sign(approval.outcome())
            + "</span> ")
        .text(approval.task())
        .text(": ")
        .text(parts.say(look, outcome))
        .raw("</h3>\n<p class=\"soft small\">");
    Moments.time(body, approval.closedAt());
    body.raw("</p>\n");
    votes(parts, look, approval, body);
  }

  private static String tone(String outcome) {
    return outcome.equals("approved") ? "go" : outcome.equals("rejected") ? "stop" : "idle";
  }

  private static String sign(String outcome) {
    return Icons.of(
        outcome.equals("approved")
            ? "Success"
            : outcome.equals("rejected") ? "Failed" : "Cancelled");
  }

  /** Who said what. */
  static void votes(Parts parts, Look look, ApprovalLine approval, Html body) {
    if (approval.votes().isEmpty()) {
      return;
    }
    body.raw("<ul class=\"votes\">\n");
    for (ApprovalLine.Vote vote : approval.votes()) {
      boolean isYes = vote.decision().equals("approve");
      body.raw("<li><span class=\"icon " + (isYes ? "go" : "stop") + "\">"
              + Icons.of(isYes ? "Success" : "Failed") + "</span> ")
          .text(parts.say(look, isYes ? "vote.approve" : "vote.reject", vote.by()))
          .raw(" <span class=\"soft small\">");
      Moments.time(body, vote.at());
      body.raw("</span>");
      if (!vote.reason().isEmpty()) {
        body.raw("<br>").text(vote.reason());
      }
      body.raw("</li>\n");
    }
    body.raw("</ul>\n");
  }

  void values(Look look, TimelineView view, Html body) {
    if (!view.outputs().isEmpty()) {
      body.raw("<details class=\"card fold flat\" id=\"outputs\" open><summary>")
          .text(parts.say(look, "outputs"))
          .raw("</summary>\n<div class=\"inner\">\n");
      parts.values(view.outputs(), body);
      body.raw("</div>\n</details>\n");
    }
    if (!view.parameters().isEmpty()) {
      body.raw("<details class=\"card fold flat\" id=\"parameters\"><summary>")
          .text(parts.say(look, "parameters"))
          .raw("</summary>\n<div class=\"inner\">\n");
      parts.values(view.parameters(), body);
      body.raw("</div>\n</details>\n");
    }
  }

  void log(Look look, TimelineView view, Html body) {
    if (view.log().isEmpty()) {
      return;
    }
    body.raw("<details class=\"card fold flat\" id=\"log\"><summary>")
        .text(parts.say(look, "log"))
        .raw(" <span class=\"soft\">")
        .text(
            parts.say(look, view.logCut() ? "log.last" : "log.lines", view.log().size()))
        .raw("</span></summary>\n<div class=\"inner\">\n<ol class=\"log\">\n");
    for (TimelineView.LogLine line : view.log()) {
      body.raw("<li class=\"").text(line.level()).raw("\">");
      Moments.clock(body, line.at());
      body.raw("<span class=\"text mono\">");
      if (!line.level().equals("INFO")) {
        body.raw("<span class=\"tag\">").text(line.level()).raw("</span> ");
      }
      body.text(line.task().isEmpty() ? "" : line.task() + " ")
          .text(line.text())
          .raw("</span></li>\n");
    }
    body.raw("</ol>\n</div>\n</details>\n");
  }

  void trail(Look look, TimelineView view, Html body) {
    TimelineView.Trail trail = view.trail();
    if (trail.count() == 0) {
      return;
    }
    boolean isSound = trail.broken() == 0;
    body.raw("<details class=\"card fold flat" + (isSound ? "" : " bad")
            + "\" id=\"audit\"><summary>")
        .text(parts.say(look, "trail"))
        .raw(" <span class=\"soft\">")
        .text(parts.say(look, "trail.count", trail.count()))
        .raw("</span></summary>\n<div class=\"inner\">\n<p><span class=\"icon "
            + (isSound ? "go" : "stop") + "\">" + Icons.of(isSound ? "Success" : "Failed")
            + "</span> ")
        .text(
            isSound
                ? parts.say(look, "trail.sound")
                : parts.say(look, "trail.broken", trail.broken(), trail.why()))
        .raw("</p>\n<p class=\"soft small\">")
        .text(parts.say(look, "trail.head"))
        .raw(" <code>")
        .text(trail.head())
        .raw("</code></p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .text(parts.say(look, "trail"))
        .raw("\"><table>\n<thead><tr><th scope=\"col\">#</th><th scope=\"col\">")
        .text(parts.say(look, "trail.at"))
        .raw("</th><th scope=\"col\">")
        .text(parts.say(look, "trail.what"))
        .raw("</th><th scope=\"col\">")
        .text(parts.say(look, "trail.by"))
        .raw("</th><th scope=\"col\">")
        .text(parts.say(look, "trail.hash"))
        .raw("</th></tr></thead>\n<tbody>\n");
    for (TimelineView.Entry entry : trail.entries()) {
      entry(look, entry, body);
    }
    body.raw("</tbody>\n</table></div>\n</div>\n</details>\n");
  }

  private void entry(Look look, TimelineView.Entry entry, Html body) {
    String key = "page.record." + entry.kind();
    String kind = parts.texts().has(look.language(), key)
        ? parts.say(look, "record." + entry.kind())
        : entry.kind();
    body.raw("<tr><td>").text(String.valueOf(entry.number())).raw("</td><td>");
    Moments.time(body, entry.at());
    body.raw("</td><td><b>")
        .text(kind)
        .raw("</b><br><span class=\"soft small mono\">")
        .text(entry.text())
        .raw("</span></td><td>")
        .text(entry.by())
        .raw("</td><td><code>")
        .text(entry.hash().substring(0, Math.min(HASH_SHOWN, entry.hash().length())))
        .raw("</code></td></tr>\n");
  }

  void cost(Look look, TimelineView view, Html body) {
    TimelineView.Cost cost = view.cost();
    body.raw("<div class=\"card\">\n<h2>")
        .text(parts.say(look, "cost"))
        .raw("</h2>\n<dl class=\"wide\">\n");
    number(look, "cost.commits", cost.commits(), body);
    number(look, "cost.rows", cost.rows(), body);
    number(look, "cost.calls", cost.calls(), body);
    number(look, "cost.invocations", cost.invocations(), body);
    body.raw("</dl>\n</div>\n");
  }

  private void number(Look look, String key, int number, Html body) {
    body.raw("<div>")
        .element("dt", parts.say(look, key))
        .element("dd", String.valueOf(number))
        .raw("</div>\n");
  }
}
