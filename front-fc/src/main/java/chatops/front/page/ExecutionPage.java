package chatops.front.page;

import chatops.chat.text.Texts;
import chatops.chat.view.TimelineView;
import chatops.front.http.HttpReply;

/**
 * How an execution looks: what it is and how it stands, what people are asked, its tasks in time, what was decided, its values,
 * its log, its cost and its audit trail. Each part stands for itself, so that the script can replace what changed. Immutable.
 */
final class ExecutionPage {
  private final Parts parts;
  private final PageFrame frame;
  private final HeadPart head;
  private final AskPart ask;
  private final TimelinePart timeline;
  private final RecordParts records;

  ExecutionPage(Texts texts) {
    this.parts = new Parts(texts);
    this.frame = new PageFrame(texts);
    this.head = new HeadPart(parts);
    this.ask = new AskPart(parts);
    this.timeline = new TimelinePart(parts);
    this.records = new RecordParts(parts);
  }

  HttpReply show(Look look, TimelineView view, LinkedSubject.FormToken form) {
    Html body = new Html();
    body.raw("<p id=\"said\" class=\"out\" role=\"status\"></p>\n");
    live(look, view, form, body);
    body.raw("<p class=\"live\" id=\"state\"></p>\n");
    if (!view.isEnded()) {
      // without a script the page is as of when it was opened
      body.raw("<noscript><p class=\"soft\">")
          .text(parts.say(look, "live.without"))
          .raw(" <a href=\"")
          .text(look.to(look.path()))
          .raw("\">")
          .text(parts.say(look, "reload"))
          .raw("</a></p></noscript>\n");
    }
    return frame.reply(200, look, PageFrame.Width.WIDE, title(look, view), body);
  }

  /** What the script compares with what is there. */
  HttpReply part(Look look, TimelineView view, LinkedSubject.FormToken form) {
    Html body = new Html();
    body.raw("<!DOCTYPE html>\n<title>").text(title(look, view)).raw("</title>\n");
    live(look, view, form, body);
    return PageFrame.html(200, body);
  }

  private String title(Look look, TimelineView view) {
    String what = view.what().isEmpty() ? view.template() : view.what();
    return parts.status(look, view.status()) + " · " + what;
  }

  private void live(Look look, TimelineView view, LinkedSubject.FormToken form, Html body) {
    String pace = view.isEnded() ? "over" : view.status().equals("Waiting") ? "waiting" : "running";
    body.raw("<div id=\"live\"");
    data("edition", view.edition(), body);
    data("pace", pace, body);
    data("said", title(look, view) + ". " + view.message(), body);
    data("title", title(look, view), body);
    data("on", parts.say(look, "live.on"), body);
    data("over", parts.say(look, "live.over"), body);
    data("gone", parts.say(look, "live.gone"), body);
    data("silent", parts.say(look, "live.silent"), body);
    data("again", parts.say(look, "live.again"), body);
    body.raw(">\n");
    part("head", () -> head.write(look, view, form, body), body);
    part("ask", () -> ask.write(look, view, form, body), body);
    part("tasks", () -> timeline.write(look, view, form, body), body);
    part("decisions", () -> records.decisions(look, view, body), body);
    part("values", () -> records.values(look, view, body), body);
    part("log", () -> records.log(look, view, body), body);
    part("trail", () -> records.trail(look, view, body), body);
    part("cost", () -> records.cost(look, view, body), body);
    body.raw("</div>\n");
  }

  private static void data(String name, String value, Html body) {
    body.raw(" data-" + name + "=\"").text(value).raw("\"");
  }

  private static void part(String name, Runnable write, Html body) {
    body.raw("<section data-part=\"" + name + "\">\n");
    write.run();
    body.raw("</section>\n");
  }
}
