package chatops.front.page;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.ApprovalView;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.link.ApprovalLink;
import chatops.chat.link.LinkKey;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.Rights;
import chatops.chat.text.Texts;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.Form;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The door of approval links: GET and HEAD show and never decide, because previews and mail scanners fetch links; POST decides
 * once, from our own page only, and only where the configuration lets a link decide. Thread-safe.
 */
public final class ApprovalDoor {
  private static final int BODY_BYTES = 16 * 1024;
  private static final int REASON_CHARACTERS = 500;
  private static final Principal BEARER = new Principal(Platform.WEB, "", Rights.BEARER, "");

  private final Configuration configuration;
  private final boolean bearerMayDecide;
  private final LinkKey key;
  private final WebOrigin origin;
  private final ExecutionGateway gateway;
  private final ApprovalPage page;
  private final InstantSource clock;
  private final FrontLog log;

  /**
   * @param origin that browsers see, such as {@code https://chatops.example.com}
   * @throws IllegalArgumentException when it is no origin
   */
  public ApprovalDoor(
      Configuration configuration,
      LinkKey key,
      String origin,
      ExecutionGateway gateway,
      Texts texts,
      InstantSource clock,
      FrontLog log) {
    this.configuration = configuration;
    this.bearerMayDecide =
        new Rights(configuration).mayDecide(BEARER, "", List.of()).isAllowed();
    this.key = key;
    WebOrigin own = WebOrigin.of(origin);
    if (own == null) {
      throw new IllegalArgumentException(
          "origin " + origin + ": expected https://<host> without a path");
    }
    this.origin = own;
    this.gateway = gateway;
    this.page = new ApprovalPage(texts);
    this.clock = clock;
    this.log = log;
  }

  public HttpReply answer(HttpRequest request, String token) {
    if (!request.isGetOrHead() && !request.method().equals("POST")) {
      return HttpReply.notAllowed("GET, HEAD, POST");
    }
    Language language = PageLanguage.of(request, configuration.language());
    Optional<ApprovalLink> link = key.read(token);
    if (link.isEmpty()) {
      log.line("refused path=/approvals reason=link does not verify");
      return page.say(404, language, "noLink");
    }
    if (link.get().isExpired(clock.instant())) {
      return page.say(410, language, "expired");
    }
    return request.isGetOrHead()
        ? show(language, link.get(), token)
        : decide(request, language, link.get(), token);
  }

  private HttpReply show(Language language, ApprovalLink link, String token) {
    HandOver question = new HandOver.Ask(
        "approval", link.approval().executionId(), link.approval().approvalId(), BEARER, language);
    try {
      ApprovalView view = ApprovalView.fromJson(gateway.ask(question));
      if (!view.isKnown()) {
        return page.say(404, language, "unknown", link.approval().executionId());
      }
      String decisionId = "d_" + key.nonce();
      return page.show(
          language,
          view,
          bearerMayDecide,
          new ApprovalPage.FormToken(decisionId, key.form(token, decisionId)));
    } catch (IOException | HandOverException e) {
      log.line(
          "unanswered execution=" + link.approval().executionId() + " reason=" + e.getMessage());
      return page.say(503, language, "noAnswer");
    }
  }

  private HttpReply decide(
      HttpRequest request, Language language, ApprovalLink link, String token) {
    if (!isFromOurPage(request) || request.body().length > BODY_BYTES) {
      log.line("refused path=/approvals reason=form of another origin, or too large");
      return page.say(403, language, "foreignForm");
    }
    String decisionId;
    String decision;
    String reason;
    try {
      Form form = Form.parse(request.body());
      decisionId = form.get("decisionId");
      decision = form.get("decision");
      reason = form.get("reason").strip();
      if (!key.isForm(form.get("form"), token, decisionId)) {
        log.line("refused path=/approvals reason=form token does not verify");
        return page.say(403, language, "foreignForm");
      }
    } catch (Form.MalformedForm e) {
      return page.say(400, language, "badForm");
    }
    boolean approve = decision.equals("approve");
    if (!approve && !decision.equals("reject") || reason.length() > REASON_CHARACTERS) {
      return page.say(400, language, "badForm");
    }
    if (!bearerMayDecide) {
      return page.say(403, language, "bearerRefused");
    }
    return decide(language, link, token, decisionId, approve, reason);
  }

  private HttpReply decide(
      Language language,
      ApprovalLink link,
      String token,
      String decisionId,
      boolean approve,
      String reason) {
    String executionId = link.approval().executionId();
    HandOver message = new HandOver.Decide(
        decisionId,
        executionId,
        link.approval().approvalId(),
        approve,
        reason,
        BEARER,
        new Place(Platform.WEB, "", ""),
        language,
        clock.instant(),
        "",
        null);
    try {
      byte[] answer = gateway.ask(message);
      log.line("decision person=bearer execution=" + executionId + " decision=" + decisionId
          + " answered=" + answer.length);
      // the page is shown by GET, so that a reload asks and decides nothing
      return HttpReply.empty(303)
          .with("Location", "/approvals/" + token + "?lang=" + PageFrame.code(language));
    } catch (IOException e) {
      log.line("unanswered execution=" + executionId + " decision=" + decisionId + " reason="
          + e.getMessage());
      return page.say(202, language, "notConfirmed");
    }
  }

  /** A browser names the origin of the page that holds the form; another site can neither leave it out nor choose it. */
  private boolean isFromOurPage(HttpRequest request) {
    return origin.equals(WebOrigin.of(request.header("Origin")))
        && origin.isHost(request.header("Host"));
  }
}
