package chatops.front.page;

import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.link.ApprovalLink;
import chatops.chat.link.LinkKey;
import chatops.chat.rights.LiveRights;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.Form;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The door of signed links: GET and HEAD show and never decide, because previews and mail scanners fetch links; POST decides
 * once, from our own page only: as the person whose browser it is, else only where the configuration lets a link decide.
 * Thread-safe.
 */
final class LinkDoor {
  private final LiveRights rights;
  private final LinkKey key;
  private final Forms forms;
  private final ExecutionGateway gateway;
  private final SaidPage page;
  private final InstantSource clock;
  private final FrontLog log;

  LinkDoor(
      LiveRights rights,
      LinkKey key,
      Forms forms,
      ExecutionGateway gateway,
      SaidPage page,
      InstantSource clock,
      FrontLog log) {
    this.rights = rights;
    this.key = key;
    this.forms = forms;
    this.gateway = gateway;
    this.page = page;
    this.clock = clock;
    this.log = log;
  }

  HttpReply answer(HttpRequest request, Look look, LinkedSubject subject, String token) {
    if (!request.isGetOrHead() && !request.method().equals("POST")) {
      return HttpReply.notAllowed("GET, HEAD, POST");
    }
    Optional<ApprovalLink> link = key.read(token);
    if (link.isEmpty()) {
      log.line("refused path=" + subject.path() + " reason=link does not verify");
      return page.say(404, look, "noLink");
    }
    if (link.get().isExpired(clock.instant())) {
      return page.say(410, look, "expired");
    }
    return request.isGetOrHead()
        ? show(look, subject, link.get(), token)
        : decide(request, look, subject, link.get(), token);
  }

  private HttpReply show(Look look, LinkedSubject subject, ApprovalLink link, String token) {
    try {
      byte[] answer = gateway.ask(subject.question(look, link.approval()));
      return subject.show(look, answer, isOpen(look), forms.token(token + look.reader()));
    } catch (IOException | HandOverException e) {
      log.line(
          "unanswered execution=" + link.approval().executionId() + " reason=" + e.getMessage());
      return page.say(503, look, "noAnswer");
    }
  }

  private HttpReply decide(
      HttpRequest request, Look look, LinkedSubject subject, ApprovalLink link, String token) {
    Forms.Sent sent;
    String decision;
    String reason;
    try {
      sent = forms.read(request, token + look.reader());
      if (sent == null) {
        return page.say(403, look, "foreignForm");
      }
      decision = sent.fields().get("decision");
      reason = sent.fields().get("reason").strip();
    } catch (Form.MalformedForm e) {
      return page.say(400, look, "badForm");
    }
    if (!subject.isDecision(decision) || reason.length() > ApprovalPage.LONGEST_REASON) {
      return page.say(400, look, "badForm");
    }
    if (!isOpen(look)) {
      return page.say(403, look, "bearerRefused");
    }
    HandOver message = subject.decision(
        look, link.approval(), sent.decisionId(), decision, reason, clock.instant());
    return send(look, subject, link.approval().executionId(), message, decision, reason);
  }

  private HttpReply send(
      Look look,
      LinkedSubject subject,
      String executionId,
      HandOver message,
      String decision,
      String reason) {
    try {
      byte[] answer = gateway.ask(message);
      log.line("decision person=" + look.person() + " execution=" + executionId + " decision="
          + decision + " answered=" + answer.length);
      String refusal = subject.refusal(answer, decision, reason);
      if (!refusal.isEmpty()) {
        return page.say(400, look, refusal);
      }
      // the page is shown by GET, so that a reload asks and decides nothing
      return HttpReply.empty(303).with("Location", look.to(look.path()));
    } catch (IOException | HandOverException e) {
      log.line("unanswered execution=" + executionId + " decision=" + decision + " reason="
          + e.getMessage());
      return page.say(202, look, "notConfirmed");
    }
  }

  /** Whether the reader may decide here at all: a person whom Execution judges, or a link where links decide something. */
  private boolean isOpen(Look look) {
    return look.visit() != null
        || rights.current().configuration().approvals().isBearerAllowedAnywhere();
  }
}
