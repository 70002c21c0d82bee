package chatops.front.page;

import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.link.PageAddresses;
import chatops.chat.text.Texts;
import chatops.chat.view.ExecutionsView;
import chatops.chat.view.ViewJson;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The list of executions, with filters in its address, so that it can be kept and sent. Thread-safe. */
final class ListDoor {
  private static final List<String> FILTERS =
      List.of("status", "template", "person", "text", "from", "to", "older");
  private static final int LONGEST = 200;

  private final ExecutionGateway gateway;
  private final ListPage list;
  private final SaidPage page;
  private final FrontLog log;

  ListDoor(ExecutionGateway gateway, Texts texts, FrontLog log) {
    this.gateway = gateway;
    this.list = new ListPage(texts);
    this.page = new SaidPage(texts);
    this.log = log;
  }

  HttpReply answer(HttpRequest request, Look look) {
    if (!request.isGetOrHead()) {
      return HttpReply.notAllowed("GET, HEAD");
    }
    Map<String, String> filters = new HashMap<>();
    for (String name : FILTERS) {
      String value = request.parameter(name).strip();
      if (!value.isEmpty() && value.length() <= LONGEST) {
        filters.put(name, value);
      }
    }
    try {
      byte[] answer = gateway.ask(new HandOver.Ask(
          "executions", "", "", look.principal(), look.place(), look.language(), asked(filters)));
      ExecutionsView view = ViewJson.read(answer, ExecutionsView.class);
      return view.verdict().equals("denied")
          ? page.said(403, look, list.denied(look), view.why(), "", "")
          : list.show(look, view, filters);
    } catch (IOException | HandOverException e) {
      log.line("unanswered path=" + PageAddresses.EXECUTIONS + " reason=" + e.getMessage());
      return page.say(503, look, "noAnswer");
    }
  }

  /** Days become instants: from its beginning, to its end. */
  private static Map<String, String> asked(Map<String, String> filters) {
    Map<String, String> asked = new HashMap<>(filters);
    day(filters.get("from"), 0, "from", asked);
    day(filters.get("to"), 1, "to", asked);
    return asked;
  }

  private static void day(
      @org.jspecify.annotations.Nullable String day,
      int more,
      String name,
      Map<String, String> to) {
    if (day == null) {
      return;
    }
    try {
      Instant instant =
          LocalDate.parse(day).plusDays(more).atStartOfDay(ZoneOffset.UTC).toInstant();
      to.put(name, instant.toString());
    } catch (DateTimeException e) {
      to.remove(name);
    }
  }
}
