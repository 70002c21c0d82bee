package chatops.front.page;

import chatops.chat.handover.ApprovalView;
import chatops.chat.link.PageAddresses;
import chatops.chat.text.Texts;
import chatops.front.http.HttpReply;

/** The approval page: shows one approval and, where the door may decide, the form that does. Immutable. */
final class ApprovalPage {
  static final int LONGEST_REASON = 500;

  private final Parts parts;
  private final PageFrame frame;
  private final SaidPage said;

  ApprovalPage(Texts texts) {
    this.parts = new Parts(texts);
    this.frame = new PageFrame(texts);
    this.said = new SaidPage(texts);
  }

  /** @param isDoorOpen whether the reader is known, or the configuration lets a link decide */
  HttpReply show(Look look, ApprovalView view, boolean isDoorOpen, LinkedSubject.FormToken form) {
    Html body = new Html();
    String title = view.title().isEmpty() ? parts.say(look, "title") : view.title();
    body.raw("<div class=\"card head " + Icons.tone(view.status()) + "\">\n");
    parts.chip(look, view.status(), body);
    body.element("h1", title).raw("\n");
    if (!view.message().isEmpty()) {
      body.element("p class=\"message\"", view.message()).raw("\n");
    }
    facts(look, view, body);
    body.raw("</div>\n");
    boolean isForm = view.decision().isEmpty() && view.decidable() && isDoorOpen;
    body.raw(isForm ? "<div class=\"card ask\">\n" : "<div class=\"card\">\n");
    if (!view.decision().isEmpty()) {
      decided(look, view, body);
    } else if (isForm) {
      body.element("h2", parts.say(look, "decide")).raw("\n");
      form(look, view, form, body);
    } else {
      body.element("h2", parts.say(look, "notHere")).raw("\n");
      body.element("p", parts.say(look, why(view, isDoorOpen))).raw("\n");
    }
    body.raw("</div>\n");
    if (!view.parameters().isEmpty()) {
      body.raw("<div class=\"card\">\n").element("h2", parts.say(look, "parameters"));
      parts.values(view.parameters(), body);
      body.raw("</div>\n");
    }
    foot(look, view.executionId(), body);
    return frame.reply(200, look, PageFrame.Width.NARROW, title, body);
  }

  HttpReply say(int status, Look look, String key, Object... arguments) {
    return said.say(status, look, key, arguments);
  }

  private void facts(Look look, ApprovalView view, Html body) {
    body.raw("<dl>\n");
    parts.targets(look, view.targetCount(), view.targetNames(), body);
    parts.fact(look, "template", view.template(), body);
    parts.fact(look, "region", view.region(), body);
    parts.fact(look, "requester", view.requester(), body);
    if (view.needed() > 1 || !view.approved().isEmpty()) {
      String count = view.approved().size() + " / " + view.needed();
      String who = view.approved().isEmpty() ? "" : " (" + String.join(", ", view.approved()) + ")";
      parts.fact(look, "approvals", count + who, body);
    }
    parts.moment(look, "opened", view.openedAt(), body);
    parts.moment(look, "expires", view.expiresAt(), body);
    body.raw("</dl>\n");
  }

  private void decided(Look look, ApprovalView view, Html body) {
    boolean isApproved = view.decision().equals("approve");
    body.raw("<h2><span class=\"icon " + (isApproved ? "go" : "stop") + "\">"
            + Icons.of(isApproved ? "Success" : "Failed") + "</span> ")
        .text(parts.say(look, isApproved ? "decided.approve" : "decided.reject"))
        .raw("</h2>\n<dl>\n");
    parts.fact(look, "decided.by", view.decidedBy(), body);
    parts.moment(look, "decided.at", view.decidedAt(), body);
    parts.fact(look, "reason", view.reason(), body);
    parts.fact(look, "outcome", view.outcome(), body);
    body.raw("</dl>\n");
  }

  private void form(Look look, ApprovalView view, LinkedSubject.FormToken form, Html body) {
    body.raw("<form method=\"post\" action=\"").text(look.to(look.path())).raw("\">\n");
    Forms.hidden(body, form);
    body.raw("<label for=\"reason\">")
        .text(parts.say(look, "reason." + need(view.reasonFor())))
        .raw("</label>\n");
    body.raw("<textarea id=\"reason\" name=\"reason\" maxlength=\"" + LONGEST_REASON + "\""
        + (view.reasonFor().equals("both") ? " required" : "") + "></textarea>\n");
    body.raw(
        "<div class=\"actions even\">\n<button class=\"yes\" name=\"decision\" value=\"approve\">");
    body.text(parts.say(look, "approve")).raw("</button>\n");
    body.raw("<button class=\"no\" name=\"decision\" value=\"reject\">");
    body.text(parts.say(look, "reject")).raw("</button>\n</div>\n");
    body.element("p class=\"hint\"", doorNote(look)).raw("\n</form>\n");
  }

  private String doorNote(Look look) {
    return look.visit() == null
        ? parts.say(look, "bearer")
        : parts.say(look, "decidesAs", look.principal().id());
  }

  /** Which decisions need a reason, as the label says it. */
  static String need(String reasonFor) {
    switch (reasonFor) {
      case "both":
        return "required";
      case "rejection":
        return "rejection";
      default:
        return "optional";
    }
  }

  private static String why(ApprovalView view, boolean isDoorOpen) {
    if (view.decidable() && !isDoorOpen) {
      return "why.approvers";
    }
    switch (view.whyNot()) {
      case "decided":
      case "expired":
      case "approvers":
      case "ended":
      case "void":
        return "why." + view.whyNot();
      default:
        return isDoorOpen ? "why.ended" : "why.approvers";
    }
  }

  private void foot(Look look, String executionId, Html body) {
    body.raw("<p class=\"small soft\">").text(parts.say(look, "execution")).raw(" ");
    body.raw("<a class=\"mono\" href=\"")
        .text(look.to(PageAddresses.EXECUTION + executionId))
        .raw("\">")
        .text(executionId)
        .raw("</a></p>\n");
  }
}
