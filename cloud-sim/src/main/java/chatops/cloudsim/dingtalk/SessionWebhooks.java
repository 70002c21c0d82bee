package chatops.cloudsim.dingtalk;

import chatops.cloudsim.journal.Journal;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The reply addresses that come with each message to the robot: no signature, any number of posts, ninety minutes. Thread-safe. */
public final class SessionWebhooks {
  static final Duration LIFE = Duration.ofMillis(5_400_060);

  private record Session(String group, Instant expires) {}

  private final InstantSource clock;
  private final Names names;
  private final Journal journal;
  private final DingTalkGroups groups;
  private final Map<String, Session> sessions = new HashMap<>();

  SessionWebhooks(InstantSource clock, Names names, DingTalkGroups groups, Journal journal) {
    this.journal = journal;
    journal.earlier().stream()
        .filter(entry -> entry.has("session"))
        .forEach(entry -> sessions.put(
            entry.get("session").asText(),
            new Session(
                entry.path("group").asText(),
                Instant.parse(entry.path("expires").asText()))));
    this.clock = clock;
    this.names = names;
    this.groups = groups;
  }

  synchronized String mint(String group) {
    String session = names.word(32);
    Instant expires = clock.instant().plus(LIFE);
    sessions.put(session, new Session(group, expires));
    journal.add(JsonNodeFactory.instance
        .objectNode()
        .put("session", session)
        .put("group", group)
        .put("expires", expires.toString()));
    return session;
  }

  /** {@code POST /robot/sendBySession}. */
  public synchronized RobotAnswer send(String session, byte[] body) {
    Session known = sessions.get(session);
    if (known == null) {
      return new RobotAnswer(300001, "session is not exist");
    }
    if (!clock.instant().isBefore(known.expires())) {
      return new RobotAnswer(300001, "session is expired");
    }
    if (body.length > RobotMessages.LARGEST) {
      return new RobotAnswer(
          460101, "message too long, exceed " + RobotMessages.LARGEST + " bytes");
    }
    Optional<JsonNode> message = RobotMessages.read(body);
    if (message.isEmpty()) {
      return new RobotAnswer(40035, "the body is not a JSON object");
    }
    Optional<RobotAnswer> complaint = RobotMessages.complaint(message.get());
    if (complaint.isPresent()) {
      return complaint.get();
    }
    groups.post(known.group(), "robot", message.get());
    return RobotAnswer.OK;
  }
}
