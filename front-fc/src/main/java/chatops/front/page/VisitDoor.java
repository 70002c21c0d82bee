package chatops.front.page;

import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonReader;
import chatops.chat.link.LinkKey;
import chatops.chat.link.PageAddresses;
import chatops.chat.link.Visit;
import chatops.chat.text.Texts;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.Form;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Where a personal link makes a browser its person's, and where the browser forgets it. Opening the link changes nothing: a
 * preview or a mail scanner neither enters nor uses it up. The button does, once. Thread-safe.
 */
final class VisitDoor {
  /** Where a browser forgets. */
  static final String LEAVE = "/leave";

  private final LinkKey key;
  private final Visits visits;
  private final Forms forms;
  private final ExecutionGateway gateway;
  private final Parts parts;
  private final PageFrame frame;
  private final SaidPage page;
  private final InstantSource clock;
  private final FrontLog log;

  VisitDoor(
      LinkKey key,
      Visits visits,
      Forms forms,
      ExecutionGateway gateway,
      Texts texts,
      InstantSource clock,
      FrontLog log) {
    this.key = key;
    this.visits = visits;
    this.forms = forms;
    this.gateway = gateway;
    this.parts = new Parts(texts);
    this.frame = new PageFrame(texts);
    this.page = new SaidPage(texts);
    this.clock = clock;
    this.log = log;
  }

  HttpReply enter(HttpRequest request, Look look, String token) {
    if (!request.isGetOrHead() && !request.method().equals("POST")) {
      return HttpReply.notAllowed("GET, HEAD, POST");
    }
    Visit link = key.readEnter(token).orElse(null);
    if (link == null) {
      log.line("refused path=" + PageAddresses.ENTER + " reason=link does not verify");
      return page.say(404, look, "noLink");
    }
    if (link.isExpired(clock.instant())) {
      return page.say(410, look, "enterOver");
    }
    String then = destination(request.parameter("to"));
    return request.isGetOrHead()
        ? ask(look, link, token)
        : entered(request, look, link, token, then);
  }

  private HttpReply ask(Look look, Visit link, String token) {
    String name = link.principal().name();
    Html body = new Html();
    body.raw("<div class=\"card ask\">\n")
        .element("h1", parts.say(look, "enter"))
        .raw("\n");
    body.element("p", parts.say(look, "enter.text")).raw("\n<dl>\n");
    parts.fact(look, "enter.person", name.isEmpty() ? link.principal().id() : name, body);
    parts.fact(look, "enter.id", link.principal().id(), body);
    body.raw("</dl>\n<form method=\"post\" action=\"").text(address(look)).raw("\">\n");
    Forms.hidden(body, forms.token("enter" + token));
    body.raw("<p class=\"actions\"><button class=\"main\">")
        .text(parts.say(look, "enter.do"))
        .raw("</button></p>\n</form>\n");
    body.element("p class=\"hint\"", parts.say(look, "enter.hint")).raw("\n</div>\n");
    return frame.reply(200, look, PageFrame.Width.NARROW, parts.say(look, "enter"), body);
  }

  private static String address(Look look) {
    String to = look.query().getOrDefault("to", "");
    return look.to(look.path() + (to.isEmpty() ? "" : "?to=" + Look.encoded(to)));
  }

  private HttpReply entered(HttpRequest request, Look look, Visit link, String token, String then) {
    Forms.Sent sent;
    try {
      sent = forms.read(request, "enter" + token);
    } catch (Form.MalformedForm e) {
      sent = null;
    }
    if (sent == null) {
      return page.say(403, look, "foreignForm");
    }
    try {
      byte[] answer =
          gateway.ask(new HandOver.Enter(link.nonce(), sent.decisionId(), link.expiresAt()));
      boolean isFirst = JsonReader.object(answer).flag("entered");
      log.line("visit person=" + link.principal().id() + " entered=" + isFirst);
      if (!isFirst) {
        return page.say(410, look, "enterUsed");
      }
      Visit visit = visits.begun(link, sent.decisionId());
      return visits.with(HttpReply.empty(303).with("Location", look.to(then)), visit);
    } catch (IOException | HandOverException | JsonException e) {
      log.line("unanswered visit person=" + link.principal().id() + " reason=" + e.getMessage());
      return page.say(503, look, "enterLater");
    }
  }

  /** Only to a page of ours that a message names; anything else would let a link send people elsewhere. */
  private static String destination(String to) {
    boolean isExecution = to.startsWith(PageAddresses.EXECUTION)
        && PageAddresses.isExecution(to.substring(PageAddresses.EXECUTION.length()));
    return isExecution ? to : PageAddresses.EXECUTIONS;
  }

  HttpReply leave(HttpRequest request, Look look) {
    if (request.isGetOrHead()) {
      Html body = new Html();
      body.raw("<div class=\"card\">\n")
          .element("h1", parts.say(look, "leave.title"))
          .raw("\n");
      body.element("p", parts.say(look, "leave.text", look.principal().id()));
      body.raw("\n<form method=\"post\" action=\"").text(look.to(look.path())).raw("\">\n");
      Forms.hidden(body, forms.token("leave" + look.reader()));
      body.raw("<p class=\"actions\"><button class=\"main\">")
          .text(parts.say(look, "leave"))
          .raw("</button></p>\n</form>\n</div>\n");
      return frame.reply(200, look, PageFrame.Width.NARROW, parts.say(look, "leave.title"), body);
    }
    if (!request.method().equals("POST")) {
      return HttpReply.notAllowed("GET, HEAD, POST");
    }
    try {
      if (forms.read(request, "leave" + look.reader()) == null) {
        return page.say(403, look, "foreignForm");
      }
    } catch (Form.MalformedForm e) {
      return page.say(400, look, "badForm");
    }
    return visits.without(page.say(
        200,
        new Look(look.language(), look.isChosen(), null, look.path(), java.util.Map.of()),
        "left"));
  }
}
