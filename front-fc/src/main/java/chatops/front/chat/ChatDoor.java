package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.command.Command;
import chatops.chat.command.CommandParser;
import chatops.chat.command.Mistake;
import chatops.chat.command.Parsed;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.render.Message;
import chatops.chat.reply.Seal;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.Rights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Verdict;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.time.InstantSource;

/** MAIN PATH of a chat message: verify → read → authorise → hand over → acknowledge. Thread-safe. */
public final class ChatDoor {
  private final Configuration configuration;
  private final Rights rights;
  private final String rightsHash;
  private final Seal seal;
  private final ExecutionGateway gateway;
  private final Wording wording;
  private final InstantSource clock;
  private final FrontLog log;

  public ChatDoor(
      Configuration configuration,
      Seal seal,
      ExecutionGateway gateway,
      Wording wording,
      InstantSource clock,
      FrontLog log) {
    this.configuration = configuration;
    this.rights = new Rights(configuration);
    this.rightsHash = configuration.hash();
    this.seal = seal;
    this.gateway = gateway;
    this.wording = wording;
    this.clock = clock;
    this.log = log;
  }

  public HttpReply answer(ChatPlatform platform, HttpRequest request) {
    Verification verification = platform.verify(request);
    if (verification instanceof Verification.Rejected) {
      log.line("refused path=" + request.path() + " reason="
          + ((Verification.Rejected) verification).reason());
      return HttpReply.UNAUTHORIZED;
    }
    Incoming incoming = platform.read(request);
    if (incoming instanceof Incoming.Said) {
      Incoming.Said said = (Incoming.Said) incoming;
      return platform.acknowledge(said, said(said));
    }
    if (incoming instanceof Incoming.Pressed) {
      Incoming.Pressed pressed = (Incoming.Pressed) incoming;
      return pressed(platform, pressed);
    }
    Incoming.Settled settled = (Incoming.Settled) incoming;
    log.line("settled path=" + request.path() + " status=" + settled.reply().status() + " reason="
        + settled.reason());
    return settled.reply();
  }

  private Message said(Incoming.Said said) {
    Language general = configuration.language(said.principal(), said.place());
    Parsed parsed = CommandParser.parse(said.name(), said.text());
    if (parsed instanceof Mistake) {
      return wording.mistake(general, (Mistake) parsed);
    }
    Command command = ((Parsed.Understood) parsed).command();
    Language language = Wording.language(command, general);
    if (language == null) {
      return wording.mistake(
          general, new Mistake(Mistake.Kind.OPTION_VALUE, "--lang", "", "--lang en|zh|ja"));
    }
    switch (command.name()) {
      case "oos whoami":
        return wording.whoami(language, said.principal(), said.place());
      case "oos help":
        return wording.help(language, command, said.principal(), said.place());
      default:
        return authorised(said, command, language);
    }
  }

  private Message authorised(Incoming.Said said, Command command, Language language) {
    RunRequest wanted = RunRequest.of(command, configuration);
    Verdict verdict = rights.decide(
        said.principal(),
        said.place(),
        command.name(),
        wanted.template(),
        wanted.region(),
        wanted.ramRole());
    if (verdict instanceof Verdict.Denied) {
      Verdict.Denied denied = (Verdict.Denied) verdict;
      log.line("denied person=" + said.principal().id() + " command=" + command.name() + " reason="
          + denied.reason());
      return wording.denied(language, command, denied);
    }
    String executionId = said.event().executionId();
    HandOver message = new HandOver.Run(
        executionId,
        said.principal(),
        said.place(),
        command,
        language,
        clock.instant(),
        rightsHash,
        seal.seal(said.reply(), executionId),
        said.guard());
    ExecutionGateway.Outcome outcome = gateway.handOver(message, said.event().taskId());
    log.line("command person=" + said.principal().id() + " command=" + command.name()
        + " execution=" + executionId + " outcome=" + outcome.name());
    return wording.handedOver(language, command, executionId, outcome);
  }

  private HttpReply pressed(ChatPlatform platform, Incoming.Pressed pressed) {
    ApprovalRef approval;
    try {
      approval = ApprovalRef.parse(pressed.value());
    } catch (IllegalArgumentException e) {
      log.line("settled reason=button of another message");
      return platform.acknowledge(pressed, false);
    }
    if (!rights.isKnown(pressed.place())) {
      log.line("denied person=" + pressed.principal().id() + " command=button reason=TENANT");
      return platform.acknowledge(pressed, false);
    }
    // who may decide is Execution's to say: it knows the request, and it can answer the person
    // privately
    HandOver message = new HandOver.Decide(
        pressed.event().decisionId(),
        approval.executionId(),
        approval.approvalId(),
        pressed.approve(),
        "",
        pressed.principal(),
        pressed.place(),
        configuration.language(pressed.principal(), pressed.place()),
        clock.instant(),
        seal.seal(pressed.reply(), approval.executionId()),
        pressed.guard());
    ExecutionGateway.Outcome outcome = gateway.handOver(message, pressed.event().taskId());
    log.line("decision person=" + pressed.principal().id() + " execution=" + approval.executionId()
        + " outcome=" + outcome.name());
    return platform.acknowledge(
        pressed,
        outcome == ExecutionGateway.Outcome.ACCEPTED
            || outcome == ExecutionGateway.Outcome.DUPLICATE);
  }
}
