package chatops.front.push;

import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * MAIN PATH of a pushed message: verify → whose topic → hand over → acknowledge. Only a hand-over that has certainly arrived is acknowledged;
 * after anything else MNS sends the message again. Thread-safe.
 */
public final class PushDoor {
  /** The address to subscribe; the other is where MNS posts to when an address has no path. */
  public static final String PATH = "/mns";

  public static final String USUAL_PATH = "/notifications";

  private static final int LARGEST = 128 * 1024;

  private final PushSettings settings;
  private final PushSignature signature;
  private final Replays replays = new Replays();
  private final ExecutionGateway gateway;
  private final InstantSource clock;
  private final FrontLog log;

  public PushDoor(
      PushSettings settings, ExecutionGateway gateway, InstantSource clock, FrontLog log) {
    this.settings = settings;
    this.signature = new PushSignature(new SigningCertificates(settings));
    this.gateway = gateway;
    this.clock = clock;
    this.log = log;
  }

  public HttpReply answer(HttpRequest request) {
    if (!request.method().equals("POST")) {
      return HttpReply.notAllowed("POST");
    }
    if (request.body().length > LARGEST) {
      return refused(413, "more than " + LARGEST + " bytes");
    }
    Instant now = clock.instant();
    String signed;
    PushedMessage message;
    try {
      signed = signature.verify(request, now);
      if (replays.isKnown(signed, now)) {
        return refused(401, "the same signature was taken before");
      }
      message = PushedMessage.read(request.body());
    } catch (PushRefusedException e) {
      return refused(401, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      log.line("push outcome=later reason=" + e.getMessage());
      return HttpReply.empty(503);
    }
    // anybody can subscribe our address to a topic of theirs: MNS signs those pushes, too
    if (!message.owner().equals(settings.account())
        || !settings.topics().contains(message.topic())) {
      return refused(403, "a topic that is not in scaling.topics of this account");
    }
    ExecutionGateway.Outcome outcome = handOver(message, now);
    log.line("push topic=" + message.topic() + " message=" + shown(message.id()) + " outcome="
        + outcome.name());
    boolean hasArrived = outcome == ExecutionGateway.Outcome.ACCEPTED
        || outcome == ExecutionGateway.Outcome.DUPLICATE;
    if (hasArrived) {
      replays.take(signed, now);
    }
    return HttpReply.empty(hasArrived ? 204 : 503);
  }

  private ExecutionGateway.Outcome handOver(PushedMessage message, Instant now) {
    try {
      return gateway.handOver(
          new HandOver.Notification(
              message.owner(), message.topic(), message.id(), message.message(), now),
          "n_" + EventKey.hex(message.owner() + "|" + message.topic() + "|" + message.id()));
    } catch (HandOverException tooLarge) {
      log.line("push reason=" + tooLarge.getMessage());
      return ExecutionGateway.Outcome.REJECTED;
    }
  }

  private HttpReply refused(int status, String reason) {
    log.line("refused path=" + PATH + " reason=" + reason);
    return HttpReply.empty(status);
  }

  /** Ids are MNS's own; anything else in their place does not reach the log. */
  private static String shown(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!(c < 128 && (Character.isLetterOrDigit(c) || c == '-'))) {
        return "?";
      }
    }
    return id;
  }
}
