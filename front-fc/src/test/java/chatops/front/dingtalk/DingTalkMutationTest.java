package chatops.front.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.handover.HandOver;
import chatops.chat.json.JsonWriter;
import chatops.front.FrontBench;
import chatops.front.Mutation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages to the robot and presses on cards, changed at random. Their signatures cover the time alone: what is changed in the headers is
 * refused, what is changed in the body is answered, and nothing it says makes a caller anybody but who is named in it.
 */
class DingTalkMutationTest {
  private static final long SEED = 20261129;
  private static final int LONG_COUNT = 100_000;
  private static final List<String> TEXTS = List.of(
      "/ecs status i-bp1abc",
      "／ecs 启动 name:web-*",
      "/oos show exec-abcdefghijklmnopqrstuvwxyz",
      "help",
      "",
      "frobnicate");

  @TempDir
  Path folder = Path.of("");

  @Test
  void changed_messages_and_presses_are_refused_or_answered() {
    mutate(SEED, 700, true);
    mutate(SEED, 700, false);
  }

  @Test
  @Tag("long")
  void many_changed_messages_and_presses_are_refused_or_answered() {
    for (boolean isRobot : List.of(true, false)) {
      int accepted = mutate(SEED + 1, LONG_COUNT, isRobot);
      System.out.println("long-job: DingTalkMutationTest " + (isRobot ? "robot" : "card") + " seed="
          + (SEED + 1) + " count=" + LONG_COUNT + " accepted=" + accepted);
    }
  }

  /** @return how many odd requests with a good signature were handed over */
  private int mutate(long seed, int count, boolean isRobot) {
    FrontBench front = DingTalkCalls.front(folder);
    Mutation mutation = new Mutation(seed);
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      String where = (isRobot ? "robot " : "card ") + seed + "/" + i;
      if (mutation.below(2) == 0) {
        tampered(front, mutation, isRobot, where);
      } else {
        // a signature is good for one body, so each has a moment of its own
        accepted += odd(front, mutation, isRobot, front.clock.millis() - i, where);
      }
      front.execution.raw.clear();
      front.execution.messages.clear();
      front.execution.taskIds.clear();
      front.log.clear();
    }
    return accepted;
  }

  private static Map<String, Object> body(FrontBench front, Mutation mutation, boolean isRobot) {
    return isRobot
        ? DingTalkCalls.message(front, mutation.one(TEXTS))
        : DingTalkCalls.press("staff02", mutation.one(List.of("approve", "reject")), token(front));
  }

  private static String token(FrontBench front) {
    return DingTalkCalls.token(front);
  }

  private static Map<String, String> headers(boolean isRobot, String secret, long at) {
    return isRobot ? DingTalkCalls.robotHeaders(secret, at) : DingTalkCalls.cardHeaders(secret, at);
  }

  private static FrontBench.Answer post(
      FrontBench front, boolean isRobot, Map<String, String> headers, String body) {
    return DingTalkCalls.post(front, isRobot ? "/dingtalk/robot" : "/dingtalk/card", headers, body);
  }

  private static String secret(boolean isRobot) {
    return isRobot ? FrontBench.DINGTALK_SECRET : DingTalkCalls.CARD_SECRET;
  }

  private static void tampered(FrontBench front, Mutation mutation, boolean isRobot, String where) {
    long now = front.clock.millis();
    Map<String, String> headers = headers(isRobot, secret(isRobot), now);
    List<String> names = List.copyOf(headers.keySet());
    String timestamp = names.get(0);
    String signature = names.get(1);
    String given = headers.getOrDefault(signature, "");
    switch (mutation.below(7)) {
      // no HTTP server lets other characters through in a header
      case 0 -> headers.put(signature, mutation.changed(given).replaceAll("[^ -~]", "!"));
      case 1 -> headers.put(signature, given.substring(0, mutation.below(given.length())));
      case 2 -> headers.put(timestamp, String.valueOf(now + 1 + mutation.below(1_000_000)));
      case 3 -> headers.remove(mutation.one(names));
      case 4 -> headers.putAll(headers(isRobot, secret(isRobot), now - 300_001));
      case 5 -> headers.putAll(headers(isRobot, secret(isRobot), now + 60_001));
      default -> headers.putAll(headers(isRobot, "another-app", now));
    }

    FrontBench.Answer answer =
        post(front, isRobot, headers, JsonWriter.write(body(front, mutation, isRobot)));

    assertThat(answer.status()).as("%s %s %s", where, headers, front.log).isEqualTo(401);
    assertThat(answer.body()).as(where).isEmpty();
    assertThat(front.execution.messages).as(where).isEmpty();
  }

  private static int odd(
      FrontBench front, Mutation mutation, boolean isRobot, long at, String where) {
    Map<String, Object> json = body(front, mutation, isRobot);
    for (int change = mutation.below(3); change >= 0 && !json.isEmpty(); change--) {
      json = mutation.changed(json);
    }
    String body = mutation.text(json);

    FrontBench.Answer answer = post(front, isRobot, headers(isRobot, secret(isRobot), at), body);

    assertThat(answer.status()).as("%s %s", where, body).isIn(200, 400, 401);
    for (HandOver message : front.execution.messages) {
      if (message instanceof HandOver.Run run) {
        assertThat(isRobot).as("%s %s", where, body).isTrue();
        assertThat(run.principal().id())
            .as("%s %s", where, body)
            .isEqualTo("dingtalk:dingcorp0001/staff01");
        assertThat(run.command().name())
            .as("%s %s", where, body)
            .isIn("ecs status", "ecs start", "oos run", "oos show");
        assertThat(run.guard()).as("%s %s", where, body).isNotNull();
      } else {
        HandOver.Decide decide = (HandOver.Decide) message;
        assertThat(isRobot).as("%s %s", where, body).isFalse();
        assertThat(decide.principal().id())
            .as("%s %s", where, body)
            .startsWith("dingtalk:dingcorp0001/");
        assertThat(decide.executionId() + ":" + decide.approvalId())
            .as("%s %s", where, body)
            .isEqualTo(DingTalkCalls.APPROVAL.toString());
        assertThat(decide.guard()).as("%s %s", where, body).isNotNull();
      }
    }
    return front.execution.messages.size();
  }
}
