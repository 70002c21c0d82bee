package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.fc.QueueFaults;
import chatops.cloudsim.http.Door;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Role;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a demo page or a script switches faults and reads the call log. Every request carries {@code Authorization: Bearer <token>} and the loopback host it was sent to.
 *
 * <ul>
 *   <li>{@code GET /calls?since=<number>}: the call log
 *   <li>{@code GET /faults}, {@code POST /faults}, {@code DELETE /faults}: see {@link FaultJson}
 *   <li>{@code POST /queue} {@code {"duplicate":1,"lose":1,"throttle":1,"hold":1,"seconds":5}}: what the queue does to the next events
 *   <li>{@code POST /sessions/expire} {@code {"role":"OOSServiceRole"}}: ends the role's live sessions
 * </ul>
 */
public final class ControlDoor implements Door {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] token;
  private final CallLog log;
  private final Faults faults;
  private final QueueFaults queue;
  private final Identities identities;

  public ControlDoor(
      String token, CallLog log, Faults faults, QueueFaults queue, Identities identities) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.log = log;
    this.faults = faults;
    this.queue = queue;
    this.identities = identities;
  }

  @Override
  public WebReply answer(WebRequest request) {
    if (!isAllowed(request)) {
      return WebReply.json(
          401,
          "{\"error\":\"expected Authorization: Bearer <control token> and a loopback Host\"}");
    }
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /calls" -> WebReply.json(200, calls(request).toString());
        case "GET /faults" -> WebReply.json(200, FaultJson.list(faults.rules()).toString());
        case "POST /faults" -> {
          FaultJson.add(body(request), faults);
          yield WebReply.json(200, FaultJson.list(faults.rules()).toString());
        }
        case "DELETE /faults" -> {
          faults.clear();
          yield WebReply.json(200, "[]");
        }
        case "POST /queue" -> queue(body(request));
        case "POST /sessions/expire" -> expire(body(request));
        default -> failure(404, "no " + request.method() + " " + request.path());
      };
    } catch (IOException | IllegalArgumentException unreadable) {
      return failure(400, String.valueOf(unreadable.getMessage()));
    }
  }

  private boolean isAllowed(WebRequest request) {
    String host = request.header("Host");
    boolean loopback = host.startsWith("127.0.0.1:") || host.startsWith("localhost:");
    String authorization = request.header("Authorization");
    String given = authorization.startsWith("Bearer ") ? authorization.substring(7) : "";
    return loopback && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token);
  }

  private ArrayNode calls(WebRequest request) {
    long since = Long.parseLong(request.queryMap().getOrDefault("since", "0"));
    ArrayNode calls = JsonNodeFactory.instance.arrayNode();
    for (CallRecord record : log.since(since)) {
      ObjectNode call = calls.addObject();
      call.put("number", record.number())
          .put("time", record.time().toString())
          .put("caller", record.caller());
      call.put("service", record.service()).put("api", record.api()).put("region", record.region());
      ObjectNode parameters = call.putObject("parameters");
      record.parameters().forEach(parameters::put);
      call.put("status", record.status())
          .put("code", record.code())
          .put("requestId", record.requestId());
      call.put("latencyMicros", record.latency().toNanos() / 1000);
    }
    return calls;
  }

  private WebReply queue(JsonNode body) {
    queue.duplicateNext(body.path("duplicate").asInt());
    queue.loseNext(body.path("lose").asInt());
    queue.throttleNext(body.path("throttle").asInt());
    if (body.path("hold").asInt() > 0) {
      queue.holdNext(
          body.path("hold").asInt(), Duration.ofSeconds(body.path("seconds").asInt(1)));
    }
    return WebReply.json(200, "{}");
  }

  private WebReply expire(JsonNode body) {
    String name = body.path("role").asText();
    Optional<Role> role =
        identities.roleByArn("acs:ram::" + identities.accountId() + ":role/" + name);
    if (role.isEmpty()) {
      return failure(404, "no role " + name + " in the simulated account");
    }
    identities.expireSessions(role.get());
    return WebReply.json(200, "{}");
  }

  private static JsonNode body(WebRequest request) throws IOException {
    JsonNode body = JSON.readTree(request.body());
    if (!body.isObject()) {
      throw new IllegalArgumentException("expected a JSON object");
    }
    return body;
  }

  private static WebReply failure(int status, String error) {
    return WebReply.json(
        status, JsonNodeFactory.instance.objectNode().put("error", error).toString());
  }
}
