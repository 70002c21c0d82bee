package chatops.front.page;

import chatops.chat.Language;
import chatops.chat.handover.ApprovalView;
import chatops.chat.text.Texts;
import chatops.front.http.HttpReply;
import java.util.Map;

/** The approval page: shows one approval and, where the door may decide, the form that does. Immutable. */
final class ApprovalPage {
  /**
   * The hidden half of the form.
   *
   * @param decisionId of the decision the form would make, so that sending it twice decides once
   * @param proof that we made this form
   */
  record FormToken(String decisionId, String proof) {}

  private static final int SHOWN_REASON = 500;

  private final Texts texts;
  private final PageFrame frame;

  ApprovalPage(Texts texts) {
    this.texts = texts;
    this.frame = new PageFrame(texts);
  }

  /** @param bearerMayDecide whether the configuration lets a link decide */
  HttpReply show(Language language, ApprovalView view, boolean bearerMayDecide, FormToken form) {
    Html body = new Html();
    body.raw("<div class=\"card\">\n");
    body.raw("<span class=\"status ")
        .text(view.status())
        .raw("\">")
        .text(status(language, view.status()))
        .raw("</span>\n");
    body.element("h1", view.title().isEmpty() ? say(language, "page.title") : view.title())
        .raw("\n");
    if (!view.message().isEmpty()) {
      body.element("p class=\"message\"", view.message()).raw("\n");
    }
    facts(language, view, body);
    parameters(language, view, body);
    body.raw("</div>\n<div class=\"card\">\n");
    if (!view.decision().isEmpty()) {
      decided(language, view, body);
    } else if (view.decidable() && bearerMayDecide) {
      form(language, form, body);
    } else {
      body.element("h2", say(language, "page.notHere")).raw("\n");
      body.element("p", say(language, why(view, bearerMayDecide))).raw("\n");
    }
    body.raw("</div>\n<footer>").text(view.executionId()).raw("</footer>\n");
    return frame.reply(200, language, say(language, "page.title"), body);
  }

  /** A page of one heading and one sentence, {@code page.<key>} and {@code page.<key>.text}. */
  HttpReply say(int status, Language language, String key, Object... arguments) {
    Html body = new Html();
    body.raw("<div class=\"card\">\n")
        .element("h1", say(language, "page." + key))
        .raw("\n");
    body.element("p", texts.say(language, "page." + key + ".text", arguments)).raw("\n");
    if (status == 503 || status == 202) {
      body.raw("<p><a href=\"?lang=" + PageFrame.code(language) + "\">")
          .text(say(language, "page.reload"))
          .raw("</a></p>\n");
    }
    body.raw("</div>\n");
    return frame.reply(status, language, say(language, "page." + key), body);
  }

  private void facts(Language language, ApprovalView view, Html body) {
    body.raw("<dl>\n");
    fact(language, "page.template", view.template(), body);
    fact(language, "page.region", view.region(), body);
    fact(language, "page.requester", view.requester(), body);
    if (view.targetCount() >= 0) {
      body.element("dt", say(language, "page.targets")).raw("<dd>");
      body.text(texts.say(language, "page.targets.count", view.targetCount()));
      targets(language, view, body);
      body.raw("</dd>\n");
    }
    fact(language, "page.opened", moment(view.openedAt()), body);
    fact(language, "page.expires", moment(view.expiresAt()), body);
    body.raw("</dl>\n");
  }

  private void targets(Language language, ApprovalView view, Html body) {
    if (view.targetNames().isEmpty()) {
      return;
    }
    body.raw("<ul>");
    for (String name : view.targetNames()) {
      body.element("li", name);
    }
    int more = view.targetCount() - view.targetNames().size();
    if (more > 0) {
      body.element("li", texts.say(language, "page.targets.more", more));
    }
    body.raw("</ul>");
  }

  private void parameters(Language language, ApprovalView view, Html body) {
    if (view.parameters().isEmpty()) {
      return;
    }
    body.element("h2", say(language, "page.parameters")).raw("\n<dl>\n");
    for (Map.Entry<String, String> parameter : view.parameters().entrySet()) {
      body.element("dt", parameter.getKey()).element("dd", parameter.getValue()).raw("\n");
    }
    body.raw("</dl>\n");
  }

  private void decided(Language language, ApprovalView view, Html body) {
    String decision = view.decision().equals("approve") ? "approve" : "reject";
    body.raw("<h2 class=\"")
        .raw(decision)
        .raw("\">")
        .text(say(language, "page.decided." + decision))
        .raw("</h2>\n<dl>\n");
    fact(language, "page.decided.by", view.decidedBy(), body);
    fact(language, "page.decided.at", moment(view.decidedAt()), body);
    fact(language, "page.reason", view.reason(), body);
    fact(language, "page.outcome", view.outcome(), body);
    body.raw("</dl>\n");
  }

  private void form(Language language, FormToken form, Html body) {
    body.raw("<form method=\"post\" action=\"?lang=" + PageFrame.code(language) + "\">\n");
    body.raw("<input type=\"hidden\" name=\"decisionId\" value=\"")
        .text(form.decisionId())
        .raw("\">\n");
    body.raw("<input type=\"hidden\" name=\"form\" value=\"").text(form.proof()).raw("\">\n");
    body.raw("<label for=\"reason\">")
        .text(say(language, "page.reason.optional"))
        .raw("</label>\n");
    body.raw(
        "<textarea id=\"reason\" name=\"reason\" maxlength=\"" + SHOWN_REASON + "\"></textarea>\n");
    body.raw("<div class=\"actions\">\n<button class=\"yes\" name=\"decision\" value=\"approve\">");
    body.text(say(language, "page.approve")).raw("</button>\n");
    body.raw("<button class=\"no\" name=\"decision\" value=\"reject\">");
    body.text(say(language, "page.reject")).raw("</button>\n</div>\n");
    body.element("p class=\"note\"", say(language, "page.bearer")).raw("\n</form>\n");
  }

  private void fact(Language language, String key, String value, Html body) {
    if (!value.isEmpty()) {
      body.element("dt", say(language, key)).element("dd", value).raw("\n");
    }
  }

  /** {@code 2026-11-20T22:00:00Z} as {@code 2026-11-20 22:00 UTC}; anything else as it is. */
  private static String moment(String iso) {
    boolean utc = iso.length() >= 20 && iso.charAt(10) == 'T' && iso.endsWith("Z");
    return utc ? iso.substring(0, 10) + " " + iso.substring(11, 16) + " UTC" : iso;
  }

  private static String why(ApprovalView view, boolean bearerMayDecide) {
    if (view.decidable() && !bearerMayDecide) {
      return "page.why.approvers";
    }
    switch (view.whyNot()) {
      case "decided":
      case "expired":
      case "approvers":
      case "ended":
        return "page.why." + view.whyNot();
      default:
        return bearerMayDecide ? "page.why.ended" : "page.why.approvers";
    }
  }

  private String status(Language language, String status) {
    String key = "page.status." + status;
    return texts.has(language, key) ? texts.say(language, key) : status;
  }

  private String say(Language language, String key) {
    return texts.say(language, key);
  }
}
