package chatops.front.page;

import chatops.chat.text.Texts;
import chatops.front.http.HttpReply;

/** A page of one heading and one sentence, {@code page.<key>} and {@code page.<key>.text}. Immutable. */
final class SaidPage {
  private final Texts texts;
  private final PageFrame frame;

  SaidPage(Texts texts) {
    this.texts = texts;
    this.frame = new PageFrame(texts);
  }

  HttpReply say(int status, Look look, String key, Object... arguments) {
    String title = texts.say(look.language(), "page." + key);
    String text = texts.say(look.language(), "page." + key + ".text", arguments);
    boolean isReload = status == 503 || status == 202;
    return said(
        status,
        look,
        title,
        text,
        isReload ? look.to(look.path()) : "",
        isReload ? texts.say(look.language(), "page.reload") : "");
  }

  /** What was found elsewhere. @param way address that leads on, empty for none; {@code where} what it is called */
  HttpReply said(int status, Look look, String title, String text, String way, String where) {
    Html body = new Html();
    body.raw("<div class=\"card\">\n").element("h1", title).raw("\n");
    if (!text.isEmpty()) {
      body.element("p class=\"message\"", text).raw("\n");
    }
    if (!way.isEmpty()) {
      body.raw("<p class=\"actions\"><a class=\"button\" href=\"")
          .text(way)
          .raw("\">")
          .text(where)
          .raw("</a></p>\n");
    }
    body.raw("</div>\n");
    return frame.reply(status, look, PageFrame.Width.NARROW, title, body);
  }
}
