package chatops.front.page;

import chatops.chat.Language;
import chatops.chat.link.PageAddresses;
import chatops.chat.link.Visit;
import chatops.chat.text.Texts;
import chatops.front.http.HttpReply;

/** What all pages share: head, style, the way to other pages, language switch, and headers that let nothing in. Immutable. */
final class PageFrame {
  private final Texts texts;

  PageFrame(Texts texts) {
    this.texts = texts;
  }

  /** How a page is laid out. */
  enum Width {
    NARROW,
    WIDE
  }

  /** @param body the inside of {@code main} */
  HttpReply reply(int status, Look look, Width width, String title, Html body) {
    Html page = new Html();
    begin(page, look, title);
    top(page, look);
    page.raw("<main id=\"main\"" + (width == Width.NARROW ? " class=\"narrow\"" : "") + ">\n")
        .raw(body.toString())
        .raw("</main>\n</body>\n</html>\n");
    return html(status, page);
  }

  /** A reply with the headers of a page. */
  static HttpReply html(int status, Html page) {
    return HttpReply.typed(status, "text/html; charset=utf-8", page.toString())
        .with("Content-Security-Policy", Assets.POLICY)
        .with("X-Content-Type-Options", "nosniff")
        // with no-referrer a browser would send no Origin with the form, and the form needs one
        .with("Referrer-Policy", "same-origin")
        .with("Cross-Origin-Opener-Policy", "same-origin");
  }

  /**
   * A page that leads to itself: what a browser keeps for our own pages only, it brings when our own page asks.
   */
  HttpReply onceMore(Look look) {
    Html page = new Html();
    String address = look.path() + "?again=1";
    for (java.util.Map.Entry<String, String> each : look.query().entrySet()) {
      address += "&" + Look.encoded(each.getKey()) + "=" + Look.encoded(each.getValue());
    }
    String again = look.to(address);
    page.raw("<!DOCTYPE html>\n<html lang=\"")
        .raw(tag(look.language()))
        .raw("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"refresh\" content=\"0;url=")
        .text(again)
        .raw("\">\n");
    page.element("title", texts.say(look.language(), "page.opening"))
        .raw("\n</head>\n<body>\n<p><a href=\"");
    page.text(again)
        .raw("\">")
        .text(texts.say(look.language(), "page.opening"))
        .raw("</a></p>\n</body>\n</html>\n");
    return html(200, page);
  }

  private void begin(Html page, Look look, String title) {
    page.raw("<!DOCTYPE html>\n<html lang=\"")
        .raw(tag(look.language()))
        .raw("\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
        .raw("<meta name=\"robots\" content=\"noindex\">\n");
    page.element("title", title)
        .raw("\n<style>")
        .raw(Assets.STYLE)
        .raw("</style>\n<script src=\"" + Assets.SCRIPT_PATH
            + "\" defer></script>\n</head>\n<body>\n");
    page.raw("<a class=\"out skip\" href=\"#main\">")
        .text(texts.say(look.language(), "page.skip"))
        .raw("</a>\n");
  }

  private void top(Html page, Look look) {
    Language language = look.language();
    page.raw("<header class=\"top\">\n");
    Visit visit = look.visit();
    if (visit != null) {
      page.raw("<nav aria-label=\"").text(texts.say(language, "page.pages")).raw("\">");
      place(page, look, PageAddresses.EXECUTIONS, "page.executions");
      place(page, look, PageAddresses.TEMPLATES, "page.templates");
      page.raw("</nav>\n");
    }
    page.raw("<div class=\"who\">");
    if (visit != null) {
      String name = visit.principal().name();
      page.raw("<span>")
          .text(name.isEmpty() ? visit.principal().id() : name)
          .raw("</span><a href=\"")
          .text(look.to(VisitDoor.LEAVE))
          .raw("\">")
          .text(texts.say(language, "page.leave"))
          .raw("</a>");
    }
    languages(page, look);
    page.raw("</div>\n</header>\n");
  }

  private void place(Html page, Look look, String path, String key) {
    boolean isHere = look.path().equals(path);
    page.raw("<a class=\"plain\" href=\"")
        .text(look.to(path))
        .raw(isHere ? "\" aria-current=\"page\">" : "\">")
        .text(texts.say(look.language(), key))
        .raw("</a>");
  }

  private void languages(Html page, Look look) {
    page.raw("<nav class=\"lang\" aria-label=\"")
        .text(texts.say(look.language(), "page.languages"))
        .raw("\">");
    for (Language language : Language.values()) {
      String name = texts.say(language, "page.language");
      if (language == look.language()) {
        page.raw("<b aria-current=\"true\">").text(name).raw("</b>");
      } else {
        page.raw("<a class=\"plain\" lang=\"")
            .raw(tag(language))
            .raw("\" hreflang=\"")
            .raw(tag(language))
            .raw("\" href=\"")
            .text(look.in(language))
            .raw("\">")
            .text(name)
            .raw("</a>");
      }
    }
    page.raw("</nav>");
  }

  static String code(Language language) {
    switch (language) {
      case EN:
        return "en";
      case ZH:
        return "zh";
      case JA:
        return "ja";
    }
    return "en";
  }

  static String tag(Language language) {
    return language == Language.ZH ? "zh-CN" : code(language);
  }
}
