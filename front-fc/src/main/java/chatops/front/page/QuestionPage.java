package chatops.front.page;

import chatops.chat.handover.QuestionView;
import chatops.chat.link.PageAddresses;
import chatops.chat.text.Texts;
import chatops.front.http.HttpReply;

/**
 * The page of a call whose outcome is unknown: what was called and when, what to look at in the cloud, and what each answer
 * does. Immutable.
 */
final class QuestionPage {
  private final Parts parts;
  private final PageFrame frame;
  private final SaidPage said;

  QuestionPage(Texts texts) {
    this.parts = new Parts(texts);
    this.frame = new PageFrame(texts);
    this.said = new SaidPage(texts);
  }

  HttpReply show(Look look, QuestionView view, boolean isDoorOpen, LinkedSubject.FormToken form) {
    if (!view.isKnown()) {
      return said.say(404, look, "unknown", view.executionId());
    }
    String title = parts.say(look, "question.title", view.call());
    Html body = new Html();
    body.raw("<div class=\"card head " + Icons.tone(view.status()) + "\">\n");
    parts.chip(look, view.status(), body);
    body.element("h1", title).raw("\n");
    body.element("p", parts.say(look, "question.text")).raw("\n<dl>\n");
    parts.fact(look, "question.look", view.query(), body);
    parts.moment(look, "question.sent", view.sentAt(), body);
    parts.fact(look, "question.task", view.task(), body);
    parts.fact(look, "template", view.template(), body);
    parts.fact(look, "region", view.region(), body);
    parts.fact(look, "requester", view.requester(), body);
    body.raw("</dl>\n</div>\n");
    boolean isForm = view.answer().isEmpty() && view.answerable() && isDoorOpen;
    body.raw(isForm ? "<div class=\"card ask\">\n" : "<div class=\"card\">\n");
    if (!view.answer().isEmpty()) {
      answered(look, view, body);
    } else if (isForm) {
      body.element("h2", parts.say(look, "question.say")).raw("\n<form method=\"post\" action=\"");
      body.text(look.to(look.path())).raw("\">\n");
      Forms.hidden(body, form);
      answers(parts, look, "decision", view.retryAfter(), body);
      body.element("p class=\"hint\"", note(look)).raw("\n</form>\n");
    } else {
      body.element("h2", parts.say(look, "notHere")).raw("\n");
      String why = view.answerable() || !isDoorOpen ? "identified" : "ended";
      body.element("p", parts.say(look, "question.why." + why)).raw("\n");
    }
    body.raw("</div>\n<p class=\"small soft\">")
        .text(parts.say(look, "execution"))
        .raw(" ");
    body.raw("<a class=\"mono\" href=\"")
        .text(look.to(PageAddresses.EXECUTION + view.executionId()))
        .raw("\">")
        .text(view.executionId())
        .raw("</a></p>\n");
    return frame.reply(200, look, PageFrame.Width.NARROW, title, body);
  }

  private String note(Look look) {
    return look.visit() == null
        ? parts.say(look, "bearer")
        : parts.say(look, "decidesAs", look.principal().id());
  }

  private void answered(Look look, QuestionView view, Html body) {
    String answer = LinkedQuestion.ANSWERS.contains(view.answer()) ? view.answer() : "stop";
    body.element("h2", parts.say(look, "question.answered." + answer)).raw("\n<dl>\n");
    parts.fact(look, "decided.by", view.answeredBy(), body);
    body.raw("</dl>\n");
  }

  /** What each answer does, and a button for it. @param name of the buttons */
  static void answers(Parts parts, Look look, String name, String retryAfter, Html body) {
    body.raw("<dl>\n");
    for (String answer : LinkedQuestion.ANSWERS) {
      body.element("dt", parts.say(look, "question." + answer)).raw("<dd>");
      if (answer.equals("retry")) {
        body.text(parts.say(look, "question.retry.text")).raw(" ");
        body.text(parts.say(look, "question.retry.from")).raw(" ");
        Moments.time(body, retryAfter);
      } else {
        body.text(parts.say(look, "question." + answer + ".text"));
      }
      body.raw("</dd>\n");
    }
    body.raw("</dl>\n<div class=\"actions even\">\n");
    for (String answer : LinkedQuestion.ANSWERS) {
      body.raw(answer.equals("stop") ? "<button class=\"no\" name=\"" : "<button name=\"")
          .raw(name)
          .raw("\" value=\"")
          .raw(answer)
          .raw("\">")
          .text(parts.say(look, "question." + answer))
          .raw("</button>\n");
    }
    body.raw("</div>\n");
  }
}
