package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.command.Command;
import chatops.chat.command.CommandParser;
import chatops.chat.command.Mistake;
import chatops.chat.command.Parsed;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.link.LinkKey;
import chatops.chat.link.PersonalLinks;
import chatops.chat.render.Message;
import chatops.chat.reply.Seal;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Verdict;
import chatops.chat.text.Texts;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** MAIN PATH of a chat message: verify → read → authorise → hand over → acknowledge. Thread-safe. */
public final class ChatDoor {
  /** What is left of a platform's three seconds to say that a press did not arrive. */
  private static final Duration PRESS = Duration.ofMillis(2300);

  private final LiveRights rights;
  private final Authority authority;
  private final Seal seal;
  private final ExecutionGateway gateway;
  private final HandingOver handingOver;
  private final Wording wording;
  private final FormDoors forms;
  private final Replays replays = new Replays();
  private final Texts texts;
  private final LinkKey linkKey;
  private final String url;
  private final InstantSource clock;
  private final FrontLog log;

  /**
   * @param formsFile what {@code CHATOPS_FORMS} names; empty = no forms are known here
   * @param url where browsers reach Front's pages
   */
  public ChatDoor(
      LiveRights rights,
      Seal seal,
      ExecutionGateway gateway,
      Texts texts,
      String formsFile,
      LinkKey linkKey,
      String url,
      InstantSource clock,
      FrontLog log) {
    this.rights = rights;
    this.authority = new Authority(rights, log);
    this.seal = seal;
    this.gateway = gateway;
    this.handingOver = new HandingOver(seal, gateway, rights, clock, log);
    this.wording = new Wording(texts);
    this.forms =
        new FormDoors(rights, authority, seal, handingOver, wording, texts, formsFile, clock, log);
    this.texts = texts;
    this.linkKey = linkKey;
    this.url = url;
    this.clock = clock;
    this.log = log;
  }

  public HttpReply answer(ChatPlatform platform, HttpRequest request) {
    Instant since = clock.instant();
    Verification verification = platform.verify(request);
    if (!(verification instanceof Verification.Authentic)) {
      log.line("refused path=" + request.path() + " reason="
          + ((Verification.Rejected) verification).reason());
      return HttpReply.UNAUTHORIZED;
    }
    Verification.Authentic proof = (Verification.Authentic) verification;
    if (replays.isSpent(proof, request.body())) {
      log.line("refused path=" + request.path() + " reason=the signature came with another body");
      return platform.spent();
    }
    HttpReply earlier = replays.answer(proof);
    if (earlier != null) {
      log.line("settled path=" + request.path() + " reason=the same request as before");
      return earlier;
    }
    HttpReply reply = take(platform, request, since);
    replays.keep(proof, request.body(), reply);
    return reply;
  }

  private HttpReply take(ChatPlatform platform, HttpRequest request, Instant since) {
    Incoming incoming = platform.read(request);
    if (incoming instanceof Incoming.Said) {
      return said(platform, (Incoming.Said) incoming, since);
    }
    if (incoming instanceof Incoming.Pressed) {
      return pressed(platform, (Incoming.Pressed) incoming, since);
    }
    if (incoming instanceof Incoming.Settled) {
      Incoming.Settled settled = (Incoming.Settled) incoming;
      log.line("settled path=" + request.path() + " status=" + settled.reply().status() + " reason="
          + settled.reason());
      return settled.reply();
    }
    return forms.take(platform, incoming, this, since);
  }

  private HttpReply said(ChatPlatform platform, Incoming.Said said, Instant since) {
    LiveRights.View view = rights.current();
    Language general = view.configuration().language(said.principal(), said.place());
    Parsed parsed =
        CommandParser.parse(said.name(), said.text(), view.configuration().aliases());
    if (parsed instanceof Mistake) {
      return platform.acknowledge(said, wording.mistake(general, (Mistake) parsed));
    }
    boolean isWhole = parsed instanceof Parsed.Understood;
    Command command =
        isWhole ? ((Parsed.Understood) parsed).command() : ((Parsed.Incomplete) parsed).command();
    Language language = Wording.language(command, general);
    if (language == null) {
      Mistake mistake = new Mistake(Mistake.Kind.OPTION_VALUE, "--lang", "", "--lang en|zh|ja");
      return platform.acknowledge(said, wording.mistake(general, mistake));
    }
    if (!isWhole) {
      return forms.incomplete(platform, said, (Parsed.Incomplete) parsed, language, since);
    }
    switch (command.name()) {
      case "oos whoami":
        return platform.acknowledge(
            said, wording.whoami(language, view, said.principal(), said.place()));
      case "oos page":
        return platform.acknowledge(said, page(view, said, command, language));
      case "oos help":
        return platform.acknowledge(
            said, wording.help(language, view, command, said.principal(), said.place()));
      default:
        return authorised(platform, said, command, language, since);
    }
  }

  /** Who may say anything here, or decide anything, may look at pages; each page asks what. */
  private Message page(
      LiveRights.View view, Incoming.Said said, Command command, Language language) {
    Verdict verdict =
        view.rights().decide(said.principal(), said.place(), command.name(), "", "", "");
    if (verdict instanceof Verdict.Denied && !view.rights().isApprover(said.principal())) {
      return wording.denied(language, command, (Verdict.Denied) verdict);
    }
    if (said.guard() != null) {
      // what came with the signature may be anybody's words: Execution answers to the person, once
      return handOver(said, command, language);
    }
    log.line("personal link person=" + said.principal().id());
    return new PersonalLinks(linkKey, url, texts, clock)
        .answer(language, said.principal(), said.place(), said.isPrivate(), command);
  }

  private HttpReply authorised(
      ChatPlatform platform,
      Incoming.Said said,
      Command command,
      Language language,
      Instant since) {
    Verdict.Denied denied = authority.denied(said.principal(), said.place(), command);
    if (denied != null) {
      return platform.acknowledge(said, wording.denied(language, command, denied));
    }
    if (command.name().equals("oos run")) {
      HttpReply asked = forms.beforeRun(platform, said, command, language, since);
      if (asked != null) {
        return asked;
      }
    }
    return platform.acknowledge(said, handOver(said, command, language));
  }

  private Message handOver(Incoming.Said said, Command command, Language language) {
    ExecutionGateway.Outcome outcome = handingOver.send(said, command, language, "");
    return wording.handedOver(language, command, said.event().executionId(), outcome);
  }

  /** A command whose acknowledgement is not shown: the person is told by itself what came of it. */
  Message told(Incoming.Said said) {
    Configuration configuration = rights.current().configuration();
    Language language = configuration.language(said.principal(), said.place());
    Parsed parsed = CommandParser.parse(said.name(), said.text(), configuration.aliases());
    if (parsed instanceof Parsed.Incomplete) {
      return wording.mistake(language, ((Parsed.Incomplete) parsed).mistake());
    }
    if (parsed instanceof Mistake) {
      return wording.mistake(language, (Mistake) parsed);
    }
    Command command = ((Parsed.Understood) parsed).command();
    Verdict.Denied denied = authority.denied(said.principal(), said.place(), command);
    return denied == null
        ? handOver(said, command, language)
        : wording.denied(language, command, denied);
  }

  private HttpReply pressed(ChatPlatform platform, Incoming.Pressed pressed, Instant since) {
    LiveRights.View view = rights.current();
    Language language = view.configuration().language(pressed.principal(), pressed.place());
    ApprovalRef approval;
    try {
      approval = ApprovalRef.parse(pressed.value());
    } catch (IllegalArgumentException e) {
      log.line("settled reason=button of another message");
      return refused(platform, pressed, wording.lost(language), since);
    }
    if (!view.rights().isKnown(pressed.place()) && rights.isConfirmed(view)) {
      log.line("denied person=" + pressed.principal().id() + " command=button reason=TENANT");
      return platform.acknowledge(pressed, false);
    }
    // who may decide is Execution's to say: it knows the request, and it can answer the person
    // privately
    HandOver message = decision(pressed, approval, language);
    ExecutionGateway.Outcome outcome = gateway.handOver(message, pressed.event().taskId());
    log.line("decision person=" + pressed.principal().id() + " execution=" + approval.executionId()
        + " outcome=" + outcome.name());
    return outcome.isArrived()
        ? platform.acknowledge(pressed, true)
        : refused(
            platform,
            pressed,
            wording.notPressed(language, approval.executionId(), outcome),
            since);
  }

  /** The answer to a press shows nothing, so the person is told by another way; where there is none, by a sign beside the button. */
  private HttpReply refused(
      ChatPlatform platform, Incoming.Pressed pressed, Message message, Instant since) {
    Duration left = PRESS.minus(Duration.between(since, clock.instant()));
    boolean isTold = !left.isNegative() && platform.tell(pressed.reply(), message, left);
    return platform.acknowledge(pressed, isTold);
  }

  private HandOver decision(Incoming.Pressed pressed, ApprovalRef subject, Language language) {
    String reply = seal.seal(pressed.reply(), subject.executionId());
    boolean isVote = pressed.action().equals("approve") || pressed.action().equals("reject");
    if (isVote) {
      return new HandOver.Decide(
          pressed.event().decisionId(),
          subject.executionId(),
          subject.approvalId(),
          pressed.action().equals("approve"),
          pressed.reason(),
          pressed.principal(),
          pressed.place(),
          language,
          clock.instant(),
          reply,
          pressed.guard());
    }
    return new HandOver.Answer(
        pressed.event().decisionId(),
        subject.executionId(),
        subject.approvalId(),
        pressed.action(),
        pressed.principal(),
        pressed.place(),
        language,
        clock.instant(),
        reply,
        pressed.guard());
  }
}
