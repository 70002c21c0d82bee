package chatops.cloudsim.dingtalk;

import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** Custom group robots: signing or keywords, 20 messages a minute and then ten minutes of silence. Thread-safe. */
public final class CustomRobots {
  /**
   * One robot of a group.
   *
   * @param secret the signing secret {@code SEC…}, if signing is on
   * @param keywords of which one must occur, if keywords are on
   */
  public record CustomRobot(
      String accessToken,
      String group,
      String name,
      Optional<String> secret,
      List<String> keywords) {
    public CustomRobot {
      keywords = List.copyOf(keywords);
    }

    @Override
    public String toString() {
      return "CustomRobot[" + name + " in " + group + "]";
    }
  }

  private static final int MOST_PER_MINUTE = 20;
  private static final Duration BLOCK = Duration.ofMinutes(10);
  private static final Duration WINDOW = Duration.ofHours(1);

  private final InstantSource clock;
  private final Names names;
  private final DingTalkGroups groups;
  private final Map<String, CustomRobot> robots = new HashMap<>();
  private final Map<String, Deque<Instant>> sent = new HashMap<>();
  private final Map<String, Instant> blockedUntil = new HashMap<>();

  CustomRobots(InstantSource clock, Names names, DingTalkGroups groups) {
    this.clock = clock;
    this.names = names;
    this.groups = groups;
  }

  /** A robot that checks signatures, with token and secret drawn from the seed. */
  public CustomRobot signing(String group, String name) {
    return add(new CustomRobot(
        names.word(64), group, name, Optional.of("SEC" + names.word(64)), List.of()));
  }

  /** A robot that wants one of these words. */
  public CustomRobot withKeywords(String group, String name, String... keywords) {
    return add(new CustomRobot(names.word(64), group, name, Optional.empty(), List.of(keywords)));
  }

  public synchronized CustomRobot add(CustomRobot robot) {
    robots.put(robot.accessToken(), robot);
    return robot;
  }

  /** {@code POST /robot/send}; {@code query} is decoded. */
  public synchronized RobotAnswer send(Map<String, String> query, String contentType, byte[] body) {
    String token = query.getOrDefault("access_token", "");
    if (token.isEmpty()) {
      return new RobotAnswer(300001, "token is not exist");
    }
    CustomRobot robot = robots.get(token);
    if (robot == null) {
      return new RobotAnswer(400101, "access_token is invalid");
    }
    if (!contentType.startsWith("application/json")) {
      return new RobotAnswer(43004, "need Content-Type application/json");
    }
    if (body.length > RobotMessages.LARGEST) {
      return new RobotAnswer(
          460101, "message too long, exceed " + RobotMessages.LARGEST + " bytes");
    }
    Optional<JsonNode> message = RobotMessages.read(body);
    if (message.isEmpty()) {
      return new RobotAnswer(40035, "the body is not a JSON object");
    }
    return securityComplaint(robot, query, message.get())
        .or(() -> RobotMessages.complaint(message.get()))
        .or(() -> tooFast(token))
        .orElseGet(() -> {
          groups.post(robot.group(), robot.name(), message.get());
          return RobotAnswer.OK;
        });
  }

  private Optional<RobotAnswer> securityComplaint(
      CustomRobot robot, Map<String, String> query, JsonNode message) {
    if (robot.secret().isPresent()) {
      String timestamp = query.getOrDefault("timestamp", "");
      if (!timely(timestamp)) {
        return Optional.of(new RobotAnswer(310000, "invalid timestamp"));
      }
      byte[] given = query.getOrDefault("sign", "").getBytes(StandardCharsets.UTF_8);
      byte[] expected = sign(timestamp, robot.secret().get()).getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(given, expected)) {
        return Optional.of(new RobotAnswer(310000, "sign not match"));
      }
    }
    String text = message.toString();
    if (!robot.keywords().isEmpty() && robot.keywords().stream().noneMatch(text::contains)) {
      return Optional.of(new RobotAnswer(310000, "keywords not in content"));
    }
    return Optional.empty();
  }

  private Optional<RobotAnswer> tooFast(String token) {
    Instant now = clock.instant();
    Deque<Instant> recent = sent.computeIfAbsent(token, unused -> new ArrayDeque<>());
    while (!recent.isEmpty() && !recent.getFirst().plusSeconds(60).isAfter(now)) {
      recent.removeFirst();
    }
    boolean blocked = now.isBefore(blockedUntil.getOrDefault(token, Instant.MIN));
    if (!blocked && recent.size() >= MOST_PER_MINUTE) {
      blockedUntil.put(token, now.plus(BLOCK));
      blocked = true;
    }
    if (blocked) {
      return Optional.of(new RobotAnswer(130101, "send too fast, exceed 20 times per minute"));
    }
    recent.addLast(now);
    return Optional.empty();
  }

  private boolean timely(String timestamp) {
    try {
      Instant stamp = Instant.ofEpochMilli(Long.parseLong(timestamp));
      return Duration.between(stamp, clock.instant()).abs().compareTo(WINDOW) <= 0;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  /** Base64 of HMAC-SHA256 over {@code timestamp \n secret}, not URL-encoded. */
  static String sign(String timestamp, String secret) {
    byte[] digest =
        new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret).hmac(timestamp + "\n" + secret);
    return Base64.getEncoder().encodeToString(digest);
  }
}
