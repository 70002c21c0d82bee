package chatops.front.page;

import chatops.chat.link.PageAddresses;
import chatops.chat.view.TimelineView;

/** What the execution is, how it stands, and what may be done about it. Immutable. */
record HeadPart(Parts parts) {

  void write(Look look, TimelineView view, LinkedSubject.FormToken form, Html body) {
    boolean isPaused = !view.pause().at().isEmpty();
    body.raw("<div class=\"card head " + Icons.tone(view.status()) + "\">\n<div class=\"line\">");
    parts.chip(look, view.status(), body);
    String waiting = waiting(look, view.waitingStatus());
    if (!waiting.isEmpty() && view.status().equals("Waiting")) {
      body.raw("<span class=\"soft small\">").text(waiting).raw("</span>");
    }
    body.raw("</div>\n");
    body.element("h1", view.what().isEmpty() ? view.template() : view.what()).raw("\n");
    body.raw("<p class=\"soft small\"><code>").text(view.executionId()).raw("</code></p>\n");
    if (!view.message().isEmpty()) {
      body.element("p class=\"message\"", view.message()).raw("\n");
    }
    if (isPaused) {
      body.raw("<p class=\"warn\">")
          .text(parts.say(look, "pausedBy", view.pause().by()))
          .text(view.pause().reason().isEmpty() ? "" : ": " + view.pause().reason())
          .raw("</p>\n");
    }
    facts(look, view, body);
    tools(look, view, form, body);
    body.raw("</div>\n");
    for (String undelivered : view.undelivered()) {
      body.raw("<div class=\"card bad\">\n<h2>")
          .text(parts.say(look, "undelivered"))
          .raw("</h2>\n<p>")
          .text(undelivered)
          .raw("</p>\n</div>\n");
    }
  }

  /** Why it waits; empty when nothing is known about it. */
  private String waiting(Look look, String status) {
    String key = "page.waiting." + status;
    return parts.texts().has(look.language(), key) ? parts.say(look, "waiting." + status) : "";
  }

  private void facts(Look look, TimelineView view, Html body) {
    body.raw("<dl class=\"wide\">\n");
    fact(look, "requester", view.requester(), body);
    moment(look, "started", view.createdAt(), body);
    String end = view.isEnded() ? view.endedAt() : view.now();
    fact(look, "duration", Moments.between(view.createdAt(), end), body);
    fact(look, "template", view.what().isEmpty() ? "" : view.template(), body);
    fact(look, "region", view.region(), body);
    fact(look, "role", view.role(), body);
    fact(look, "place", view.place(), body);
    fact(look, "mode", view.mode().equals("Automatic") ? "" : view.mode(), body);
    if (!view.parent().isEmpty()) {
      body.raw("<div>")
          .element("dt", parts.say(look, "parent"))
          .raw("<dd><a class=\"mono\" href=\"");
      body.text(look.to(PageAddresses.EXECUTION + view.parent()))
          .raw("\">")
          .text(view.parent())
          .raw("</a></dd></div>\n");
    }
    body.raw("</dl>\n");
  }

  private void fact(Look look, String key, String value, Html body) {
    if (!value.isEmpty()) {
      body.raw("<div>").element("dt", parts.say(look, key)).element("dd", value).raw("</div>\n");
    }
  }

  private void moment(Look look, String key, String iso, Html body) {
    body.raw("<div>").element("dt", parts.say(look, key)).raw("<dd>");
    Moments.time(body, iso);
    body.raw("</dd></div>\n");
  }

  private void tools(Look look, TimelineView view, LinkedSubject.FormToken form, Html body) {
    boolean isAny = view.may("cancel")
        || view.may("pause")
        || view.may("resume")
        || view.may("retry")
        || view.may("skip");
    if (!isAny) {
      return;
    }
    body.raw("<div class=\"tools\">\n");
    if (view.may("retry")) {
      Tools.retry(parts, look, form, "", body);
    }
    if (view.may("skip")) {
      Tools.skip(parts, look, form, "", body);
    }
    if (view.may("resume")) {
      Tools.plain(parts, look, form, "resume", body);
    }
    if (view.may("pause")) {
      Tools.reasoned(parts, look, form, "pause", "", body);
    }
    if (view.may("cancel")) {
      Tools.reasoned(parts, look, form, "cancel", "no", body);
    }
    body.raw("</div>\n");
  }
}
