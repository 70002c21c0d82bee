package chatops.front.page;

import chatops.chat.view.ApprovalLine;
import chatops.chat.view.QuestionLine;
import chatops.chat.view.TimelineView;

/** What people are asked now: approvals and calls whose outcome is unknown. Immutable. */
record AskPart(Parts parts) {

  void write(Look look, TimelineView view, LinkedSubject.FormToken form, Html body) {
    for (ApprovalLine approval : view.approvals()) {
      if (approval.isOpen() && !view.isEnded()) {
        approval(look, approval, form, body);
      }
    }
    for (QuestionLine question : view.questions()) {
      if (question.answer().isEmpty() && !view.isEnded()) {
        question(look, question, form, body);
      }
    }
  }

  private void approval(Look look, ApprovalLine approval, LinkedSubject.FormToken form, Html body) {
    String id = "ask-" + approval.id();
    body.raw("<div class=\"card ask\" id=\"" + id + "\">\n<h2>")
        .text(parts.say(look, "ask.approval", approval.task()))
        .raw("</h2>\n");
    if (!approval.question().isEmpty()) {
      body.element("p class=\"message\"", approval.question()).raw("\n");
    }
    body.raw("<dl>\n");
    parts.targets(look, approval.targetCount(), approval.targets(), body);
    parts.fact(look, "approvals", approvals(approval) + " / " + approval.needed(), body);
    parts.moment(look, "opened", approval.openedAt(), body);
    parts.moment(look, "expires", approval.expiresAt(), body);
    body.raw("</dl>\n");
    RecordParts.votes(parts, look, approval, body);
    if (!approval.isDecidable()) {
      body.element("p class=\"soft\"", parts.say(look, "why.notYou")).raw("\n</div>\n");
      return;
    }
    body.raw("<form method=\"post\" action=\"").text(look.to(look.path())).raw("\">\n");
    Forms.hidden(body, form);
    body.raw("<input type=\"hidden\" name=\"approval\" value=\"")
        .text(approval.id())
        .raw("\">\n<label for=\"" + id + "-reason\">")
        .text(parts.say(look, "reason." + ApprovalPage.need(approval.reasonFor())))
        .raw("</label>\n<textarea id=\"" + id
            + "-reason\" name=\"reason\" maxlength=\"500\"></textarea>\n");
    body.raw("<div class=\"actions even\">\n<button class=\"yes\" name=\"act\" value=\"approve\">")
        .text(parts.say(look, "approve"))
        .raw("</button>\n<button class=\"no\" name=\"act\" value=\"reject\">")
        .text(parts.say(look, "reject"))
        .raw("</button>\n</div>\n</form>\n</div>\n");
  }

  private static long approvals(ApprovalLine approval) {
    long count = 0;
    for (ApprovalLine.Vote vote : approval.votes()) {
      count += vote.decision().equals("approve") ? 1 : 0;
    }
    return count;
  }

  private void question(Look look, QuestionLine question, LinkedSubject.FormToken form, Html body) {
    body.raw("<div class=\"card ask\" id=\"ask-" + question.id() + "\">\n<h2>")
        .text(parts.say(look, "question.title", question.call()))
        .raw("</h2>\n");
    body.element("p", parts.say(look, "question.text")).raw("\n<dl>\n");
    parts.fact(look, "question.look", question.query(), body);
    parts.moment(look, "question.sent", question.sentAt(), body);
    parts.fact(look, "question.task", question.task(), body);
    body.raw("</dl>\n");
    if (!question.isAnswerable()) {
      body.element("p class=\"soft\"", parts.say(look, "why.notYou")).raw("\n</div>\n");
      return;
    }
    body.raw("<form method=\"post\" action=\"").text(look.to(look.path())).raw("\">\n");
    Forms.hidden(body, form);
    body.raw("<input type=\"hidden\" name=\"act\" value=\"answer\">\n")
        .raw("<input type=\"hidden\" name=\"question\" value=\"")
        .text(question.id())
        .raw("\">\n");
    QuestionPage.answers(parts, look, "answer", question.retryAfter(), body);
    body.raw("</form>\n</div>\n");
  }
}
