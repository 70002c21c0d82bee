package chatops.front.page;

import chatops.chat.link.PageAddresses;
import chatops.chat.text.Texts;
import chatops.chat.view.ExecutionsView;
import chatops.front.http.HttpReply;
import java.util.List;
import java.util.Map;

/** How the list of executions looks. Immutable. */
final class ListPage {
  private static final List<String> STATUSES =
      List.of("Waiting", "Running", "Queued", "Started", "Success", "Failed", "Cancelled");

  private final Parts parts;
  private final PageFrame frame;

  ListPage(Texts texts) {
    this.parts = new Parts(texts);
    this.frame = new PageFrame(texts);
  }

  String denied(Look look) {
    return parts.say(look, "denied");
  }

  HttpReply show(Look look, ExecutionsView view, Map<String, String> filters) {
    Html body = new Html();
    body.element("h1", parts.say(look, "executions")).raw("\n");
    for (String freeze : view.freezes()) {
      body.raw("<div class=\"card ask\"><p>").text(freeze).raw("</p></div>\n");
    }
    filters(look, filters, body);
    if (view.executions().isEmpty()) {
      boolean isMore = !view.older().isEmpty();
      body.raw("<div class=\"card\">\n<p>")
          .text(parts.say(look, isMore ? "list.notYet" : "list.none"))
          .raw("</p>\n</div>\n");
    } else {
      body.raw("<ol class=\"list card flat\">\n");
      for (ExecutionsView.Line line : view.executions()) {
        line(look, line, view.now(), body);
      }
      body.raw("</ol>\n");
    }
    pager(look, view, filters, body);
    return frame.reply(200, look, PageFrame.Width.WIDE, parts.say(look, "executions"), body);
  }

  private void filters(Look look, Map<String, String> filters, Html body) {
    boolean isFiltered = !filters.isEmpty();
    body.raw(
            isFiltered
                ? "<details class=\"card fold flat\" open>"
                : "<details class=\"card fold flat\">")
        .raw("<summary>")
        .text(parts.say(look, "list.filter"))
        .raw("</summary>\n<div class=\"inner\">\n<form class=\"filters\" method=\"get\" action=\"")
        .raw(PageAddresses.EXECUTIONS)
        .raw("\">\n<div>");
    if (look.isChosen()) {
      body.raw("<input type=\"hidden\" name=\"lang\" value=\"" + PageFrame.code(look.language())
          + "\">");
    }
    body.raw("<label for=\"status\">").text(parts.say(look, "list.status")).raw("</label>\n");
    body.raw("<select id=\"status\" name=\"status\"><option value=\"\">")
        .text(parts.say(look, "list.any"))
        .raw("</option>");
    for (String status : STATUSES) {
      body.raw("<option value=\"")
          .raw(status)
          .raw(status.equals(filters.get("status")) ? "\" selected>" : "\">")
          .text(parts.status(look, status))
          .raw("</option>");
    }
    body.raw("</select></div>\n");
    input(look, filters, "template", "text", body);
    input(look, filters, "person", "text", body);
    input(look, filters, "text", "search", body);
    input(look, filters, "from", "date", body);
    input(look, filters, "to", "date", body);
    body.raw("<p class=\"actions\"><button class=\"main\">")
        .text(parts.say(look, "list.show"))
        .raw("</button>");
    if (isFiltered) {
      body.raw("<a class=\"button\" href=\"")
          .text(look.to(PageAddresses.EXECUTIONS))
          .raw("\">")
          .text(parts.say(look, "list.all"))
          .raw("</a>");
    }
    body.raw("</p>\n</form>\n</div>\n</details>\n");
  }

  private void input(Look look, Map<String, String> filters, String name, String type, Html body) {
    body.raw("<div><label for=\"" + name + "\">")
        .text(parts.say(look, "list." + name))
        .raw("</label>\n<input id=\"" + name + "\" name=\"" + name + "\" type=\"" + type
            + "\" maxlength=\"200\" autocomplete=\"off\" value=\"")
        .text(filters.getOrDefault(name, ""))
        .raw("\"></div>\n");
  }

  private void line(Look look, ExecutionsView.Line line, String now, Html body) {
    body.raw("<li><a class=\"row\" href=\"")
        .text(look.to(PageAddresses.EXECUTION + line.executionId()))
        .raw("\">\n<span>");
    parts.chip(look, line.status(), body);
    body.raw("</span>\n<span class=\"what\"><b>")
        .text(line.what().isEmpty() ? line.template() : line.what())
        .raw("</b><span class=\"sub\">");
    body.text(line.what().isEmpty() ? "" : line.template() + " · ")
        .raw("<span class=\"mono\">")
        .text(line.executionId())
        .raw("</span></span>");
    if (!line.message().isEmpty()) {
      body.raw("<span class=\"sub\">").text(line.message()).raw("</span>");
    }
    body.raw("</span>\n<span class=\"by\">")
        .text(line.requester())
        .raw("<span class=\"sub\">")
        .text(line.region())
        .raw("</span></span>\n<span class=\"end\">");
    Moments.time(body, line.createdAt());
    body.raw("<br>")
        .text(Moments.between(line.createdAt(), line.endedAt().isEmpty() ? now : line.endedAt()))
        .raw("</span></a></li>\n");
  }

  private void pager(Look look, ExecutionsView view, Map<String, String> filters, Html body) {
    body.raw("<nav class=\"pager\" aria-label=\"")
        .text(parts.say(look, "list.pages"))
        .raw("\">");
    body.raw(filters.containsKey("older") ? "" : "<span></span>");
    if (filters.containsKey("older")) {
      body.raw("<a href=\"")
          .text(look.to(address(filters, "")))
          .raw("\">")
          .text(parts.say(look, "list.newest"))
          .raw("</a>");
    }
    if (!view.older().isEmpty()) {
      body.raw("<a href=\"")
          .text(look.to(address(filters, view.older())))
          .raw("\" rel=\"next\">")
          .text(parts.say(look, "list.older"))
          .raw("</a>");
    }
    body.raw("</nav>\n");
  }

  private static String address(Map<String, String> filters, String older) {
    StringBuilder address = new StringBuilder(PageAddresses.EXECUTIONS);
    for (Map.Entry<String, String> filter : filters.entrySet()) {
      if (!filter.getKey().equals("older")) {
        and(address, filter.getKey(), filter.getValue());
      }
    }
    if (!older.isEmpty()) {
      and(address, "older", older);
    }
    return address.toString();
  }

  private static void and(StringBuilder address, String name, String value) {
    address
        .append(address.indexOf("?") < 0 ? '?' : '&')
        .append(name)
        .append('=')
        .append(Look.encoded(value));
  }
}
