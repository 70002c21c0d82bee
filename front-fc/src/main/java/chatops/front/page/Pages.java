package chatops.front.page;

import chatops.chat.Language;
import chatops.chat.form.TemplateForms;
import chatops.chat.link.LinkKey;
import chatops.chat.link.PageAddresses;
import chatops.chat.link.Visit;
import chatops.chat.reply.Seal;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import chatops.chat.text.Texts;
import chatops.front.chat.KnownForms;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every page Front serves, by its path. Made for the first request of a browser, so that chat messages load none of it. Who is not
 * known gets no further than the links of messages, and costs no invocation of Execution. Thread-safe.
 */
public final class Pages {
  private final LiveRights rights;
  private final Visits visits;
  private final LinkDoor links;
  private final LinkedApproval approvals;
  private final LinkedQuestion questions;
  private final VisitDoor visitDoor;
  private final ExecutionDoor executions;
  private final ListDoor list;
  private final TemplateDoor templates;
  private final PageFrame frame;
  private final SaidPage page;

  /**
   * @param url origin that browsers see, such as {@code https://chatops.example.com}
   * @param formsFile what {@code CHATOPS_FORMS} names; empty = no forms are known here
   * @throws IllegalArgumentException when it is no origin
   */
  public Pages(
      LiveRights rights,
      LinkKey key,
      String url,
      String formsFile,
      Seal seal,
      ExecutionGateway gateway,
      Texts texts,
      InstantSource clock,
      FrontLog log) {
    WebOrigin origin = WebOrigin.of(url);
    if (origin == null) {
      throw new IllegalArgumentException(
          "origin " + url + ": expected https://<host> without a path");
    }
    Forms forms = new Forms(key, origin, log);
    this.rights = rights;
    this.visits = new Visits(key, clock, origin.scheme().equals("https"));
    this.page = new SaidPage(texts);
    this.frame = new PageFrame(texts);
    this.links = new LinkDoor(rights, key, forms, gateway, page, clock, log);
    this.approvals = new LinkedApproval(texts);
    this.questions = new LinkedQuestion(texts);
    this.visitDoor = new VisitDoor(key, visits, forms, gateway, texts, clock, log);
    this.executions = new ExecutionDoor(rights, forms, gateway, texts, clock, log);
    this.list = new ListDoor(gateway, texts, log);
    this.templates = new TemplateDoor(
        rights,
        forms,
        new KnownForms(
            formsFile.isEmpty() ? null : new TemplateForms(Path.of(formsFile)), rights, texts, log),
        seal,
        gateway,
        texts,
        clock,
        log);
  }

  public HttpReply answer(HttpRequest request) {
    String path = request.path();
    if (Assets.isPath(path)) {
      return request.isGetOrHead() ? Assets.script(path) : HttpReply.notAllowed("GET, HEAD");
    }
    if (!isPage(path)) {
      return HttpReply.empty(404);
    }
    Look look = look(request);
    if (visits.isLedHere(request) && request.parameter("again").isEmpty()) {
      return frame.onceMore(look);
    }
    return answer(request, look, path);
  }

  private HttpReply answer(HttpRequest request, Look look, String path) {
    if (path.startsWith(LinkedApproval.PATH)) {
      return links.answer(request, look, approvals, after(LinkedApproval.PATH, path));
    }
    if (path.startsWith(LinkedQuestion.PATH)) {
      return links.answer(request, look, questions, after(LinkedQuestion.PATH, path));
    }
    if (path.startsWith(PageAddresses.ENTER)) {
      return visitDoor.enter(request, look, after(PageAddresses.ENTER, path));
    }
    if (look.visit() == null) {
      String command = path.startsWith(PageAddresses.EXECUTION)
          ? " " + after(PageAddresses.EXECUTION, path)
          : "";
      return page.say(401, look, "who", "/oos page" + command);
    }
    if (path.startsWith(PageAddresses.EXECUTION)) {
      return executions.answer(request, look, after(PageAddresses.EXECUTION, path));
    }
    if (isTemplates(path)) {
      return templates.answer(request, look, path);
    }
    return path.equals(VisitDoor.LEAVE)
        ? visitDoor.leave(request, look)
        : list.answer(request, look);
  }

  private static boolean isPage(String path) {
    return path.startsWith(LinkedApproval.PATH)
        || path.startsWith(LinkedQuestion.PATH)
        || path.startsWith(PageAddresses.ENTER)
        || path.startsWith(PageAddresses.EXECUTION)
        || path.equals(VisitDoor.LEAVE)
        || path.equals(PageAddresses.EXECUTIONS)
        || isTemplates(path);
  }

  private static boolean isTemplates(String path) {
    return path.equals(PageAddresses.TEMPLATES) || path.startsWith(PageAddresses.TEMPLATES + "/");
  }

  private static String after(String prefix, String path) {
    return path.substring(prefix.length());
  }

  private Look look(HttpRequest request) {
    Visit visit = visits.of(request);
    Configuration configuration = rights.current().configuration();
    Language usual = visit == null
        ? configuration.language()
        : configuration.language(visit.principal(), visit.place());
    Map<String, String> query = new LinkedHashMap<>(request.query());
    query.remove("lang");
    query.remove("again");
    query.remove("part");
    return new Look(
        visit == null ? PageLanguage.of(request, usual) : PageLanguage.ofKnown(request, usual),
        PageLanguage.isNamed(request),
        visit,
        request.path(),
        query);
  }
}
