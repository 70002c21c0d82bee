package chatops.front.page;

import chatops.chat.Language;
import chatops.chat.text.Texts;
import chatops.front.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** What all pages share: head, style, language switch, and headers that let nothing in. Immutable. */
final class PageFrame {
  private static final String STYLE = """
      :root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d5dae0;--accent:#0b5fcc;\
      --go:#1a7a3c;--stop:#b42318;--warn:#8a5a00}
      @media(prefers-color-scheme:dark){:root{--page:#14171b;--card:#1d2127;--ink:#eceff3;--soft:#a3acb7;--line:#353c45;\
      --accent:#7fb2ff;--go:#4cc47a;--stop:#ff7b72;--warn:#e3b341}}
      *{box-sizing:border-box}
      body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,"PingFang SC","Hiragino Sans",\
      "Noto Sans CJK SC","Microsoft YaHei",sans-serif}
      main{max-width:44rem;margin:0 auto;padding:1rem}
      .card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem;margin:1rem 0}
      h1{font-size:1.35rem;line-height:1.3;margin:.25rem 0 .75rem;overflow-wrap:anywhere}
      h2{font-size:1rem;margin:1.25rem 0 .25rem}
      .card>h2:first-child{margin-top:0}
      dl{display:grid;grid-template-columns:minmax(7rem,30%) 1fr;gap:.35rem 1rem;margin:0}
      dt{color:var(--soft)}
      dd{margin:0;overflow-wrap:anywhere}
      ul{margin:.25rem 0;padding-left:1.2rem}
      li{overflow-wrap:anywhere}
      .status{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:0 .7rem;font-size:.875rem;font-weight:600}
      .Success,.approve{color:var(--go)}.Failed,.Cancelled,.reject{color:var(--stop)}.Waiting{color:var(--warn)}
      .message{white-space:pre-wrap;overflow-wrap:anywhere}
      .note{color:var(--soft);font-size:.9rem}
      label{display:block;font-weight:600;margin:.5rem 0 .25rem}
      textarea{width:100%;min-height:4.5rem;font:inherit;color:inherit;background:var(--page);border:1px solid var(--soft);\
      border-radius:8px;padding:.5rem}
      .actions{display:flex;gap:.75rem;flex-wrap:wrap;margin-top:1rem}
      button{flex:1 1 9rem;min-height:48px;font:inherit;font-weight:600;color:#fff;border:0;border-radius:8px;cursor:pointer}
      button.yes{background:#1a7a3c}button.no{background:#b42318}
      a{color:var(--accent)}
      :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
      nav{display:flex;gap:1rem;justify-content:flex-end;font-size:.9rem}
      nav a,nav b{padding:.35rem 0}
      footer{color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
      @media(max-width:480px){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}.card{padding:1rem}}
      """;
  private static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
      + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Texts texts;

  PageFrame(Texts texts) {
    this.texts = texts;
  }

  /** @param body the inside of {@code main} */
  HttpReply reply(int status, Language language, String title, Html body) {
    Html page = new Html();
    page.raw("<!DOCTYPE html>\n<html lang=\"")
        .raw(tag(language))
        .raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    page.raw("<meta name=\"robots\" content=\"noindex\">\n");
    page.element("title", title)
        .raw("\n<style>")
        .raw(STYLE)
        .raw("</style>\n</head>\n<body>\n<main>\n");
    languages(page, language);
    page.raw(body.toString()).raw("</main>\n</body>\n</html>\n");
    return HttpReply.typed(status, "text/html; charset=utf-8", page.toString())
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff")
        // with no-referrer a browser would send no Origin with the form, and the form needs one
        .with("Referrer-Policy", "same-origin")
        .with("Cross-Origin-Opener-Policy", "same-origin");
  }

  private void languages(Html page, Language current) {
    page.raw("<nav aria-label=\"").text(texts.say(current, "page.languages")).raw("\">");
    for (Language language : Language.values()) {
      String name = texts.say(language, "page.language");
      if (language == current) {
        page.raw("<b aria-current=\"true\">").text(name).raw("</b>");
      } else {
        page.raw("<a lang=\"")
            .raw(tag(language))
            .raw("\" href=\"?lang=")
            .raw(code(language))
            .raw("\">");
        page.text(name).raw("</a>");
      }
    }
    page.raw("</nav>\n");
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

  private static String tag(Language language) {
    return language == Language.ZH ? "zh-CN" : code(language);
  }

  private static String hash(String style) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
