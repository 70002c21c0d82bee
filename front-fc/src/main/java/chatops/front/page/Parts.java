package chatops.front.page;

import chatops.chat.text.Texts;
import java.util.List;
import java.util.Map;

/** Small pieces that several pages are made of. Immutable. */
record Parts(Texts texts) {
  private static final int NAMED = 50;

  String say(Look look, String key, Object... arguments) {
    return texts.say(look.language(), "page." + key, arguments);
  }

  /** The word for a status; the status itself where there is none. */
  String status(Look look, String status) {
    String key = "page.status." + status;
    return texts.has(look.language(), key) ? texts.say(look.language(), key) : status;
  }

  /** A status by sign, word and colour. */
  void chip(Look look, String status, Html body) {
    body.raw("<span class=\"chip " + Icons.tone(status) + "\">" + Icons.of(status))
        .text(status(look, status))
        .raw("</span>");
  }

  /** {@code <dt>…</dt><dd>…</dd>}; nothing for an empty value. */
  void fact(Look look, String key, String value, Html body) {
    if (!value.isEmpty()) {
      body.element("dt", say(look, key)).element("dd", value).raw("\n");
    }
  }

  void moment(Look look, String key, String iso, Html body) {
    if (!iso.isEmpty()) {
      body.element("dt", say(look, key)).raw("<dd>");
      Moments.time(body, iso);
      body.raw("</dd>\n");
    }
  }

  /** How many targets there are, and which. */
  void targets(Look look, int count, List<String> names, Html body) {
    if (count < 0) {
      return;
    }
    body.element("dt", say(look, "targets")).raw("<dd>").text(say(look, "targets.count", count));
    if (!names.isEmpty()) {
      body.raw("<ul>");
      for (String name : names.subList(0, Math.min(NAMED, names.size()))) {
        body.element("li", name);
      }
      int more = count - Math.min(NAMED, names.size());
      if (more > 0) {
        body.element("li", say(look, "targets.more", more));
      }
      body.raw("</ul>");
    }
    body.raw("</dd>\n");
  }

  /** Values by name. */
  void values(Map<String, String> values, Html body) {
    body.raw("<dl>\n");
    for (Map.Entry<String, String> value : values.entrySet()) {
      body.element("dt", value.getKey())
          .element("dd class=\"value\"", value.getValue().isEmpty() ? "–" : value.getValue())
          .raw("\n");
    }
    body.raw("</dl>\n");
  }
}
