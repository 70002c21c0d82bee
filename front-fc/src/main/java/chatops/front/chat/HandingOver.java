package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.rights.LiveRights;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.FrontLog;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Hands commands over to Execution, with the address sealed. Thread-safe. */
final class HandingOver {
  private final Seal seal;
  private final ExecutionGateway gateway;
  private final LiveRights rights;
  private final InstantSource clock;
  private final FrontLog log;

  HandingOver(
      Seal seal, ExecutionGateway gateway, LiveRights rights, InstantSource clock, FrontLog log) {
    this.seal = seal;
    this.gateway = gateway;
    this.rights = rights;
    this.clock = clock;
    this.log = log;
  }

  /** What a person said, understood. @param dialog as below */
  ExecutionGateway.Outcome send(
      Incoming.Said said, Command command, Language language, String dialog) {
    return send(
        said.principal(),
        said.place(),
        command,
        language,
        said.event(),
        said.reply(),
        said.guard(),
        dialog);
  }

  /** @param dialog the window that waits for Execution; empty when none does */
  ExecutionGateway.Outcome send(
      Principal principal,
      Place place,
      Command command,
      Language language,
      EventKey event,
      ReplyAddress reply,
      HandOver.@Nullable Guard guard,
      String dialog) {
    String executionId = event.executionId();
    HandOver message = new HandOver.Run(
        executionId,
        principal,
        place,
        command,
        language,
        clock.instant(),
        rights.current().hash(),
        seal.seal(reply, executionId),
        guard,
        dialog);
    ExecutionGateway.Outcome outcome;
    try {
      outcome = gateway.handOver(message, event.taskId());
    } catch (HandOverException e) {
      log.line("handover refused execution=" + executionId + " reason=" + e.getMessage());
      outcome = ExecutionGateway.Outcome.TOO_LARGE;
    }
    log.line("command person=" + principal.id() + " command=" + command.name() + " execution="
        + executionId + " outcome=" + outcome.name());
    return outcome;
  }
}
