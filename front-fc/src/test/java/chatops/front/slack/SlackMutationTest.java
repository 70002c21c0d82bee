package chatops.front.slack;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.handover.HandOver;
import chatops.front.FrontBench;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed commands, changed at random: what was changed after signing is refused, what was signed is answered. */
class SlackMutationTest {
  private static final long SEED = 20261120;
  private static final int LONG_COUNT = 100_000;
  private static final List<String> TEXTS = List.of(
      "status i-bp1abc",
      "start name:web-*",
      "stop i-1 i-2",
      "help",
      "",
      "frobnicate",
      "start –region x");

  private static final String ODD = "%&=+ \"'<>{}\u0000é云0aZ";

  @TempDir
  Path folder = Path.of("");

  @Test
  void changed_requests_are_refused_and_odd_ones_answered() {
    mutate(SEED, 1_000);
  }

  @Test
  @Tag("long")
  void many_changed_requests_are_refused_and_odd_ones_answered() {
    int accepted = mutate(SEED + 1, LONG_COUNT);
    System.out.println("long-job: SlackMutationTest seed=" + (SEED + 1) + " count=" + LONG_COUNT
        + " accepted=" + accepted);
  }

  /** @return how many odd but well-signed requests were handed over */
  private int mutate(long seed, int count) {
    FrontBench front = new FrontBench(folder);
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      if (random.nextBoolean()) {
        tampered(front, random, seed + "/" + i);
      } else {
        accepted += odd(front, random, seed + "/" + i);
      }
      front.execution.messages.clear();
      front.execution.taskIds.clear();
      front.log.clear();
    }
    return accepted;
  }

  private static void tampered(FrontBench front, Random random, String where) {
    String body = SlackCalls.encode(SlackCalls.command(TEXTS.get(random.nextInt(TEXTS.size()))));
    long time = front.clock.instant().getEpochSecond();
    String timestamp = String.valueOf(time);
    Map<String, String> headers = SlackCalls.signed(FrontBench.SLACK_SECRET, timestamp, body);
    byte[] sent = body.getBytes(StandardCharsets.UTF_8);
    String signature = headers.getOrDefault("X-Slack-Signature", "");
    switch (random.nextInt(7)) {
      case 0 -> sent[random.nextInt(sent.length)] ^= (byte) (1 << random.nextInt(7));
      case 1 -> headers.put("X-Slack-Signature", changed(signature, random));
      case 2 ->
        headers.put(
            "X-Slack-Signature", signature.substring(0, random.nextInt(signature.length())));
      case 3 ->
        headers.put(
            "X-Slack-Request-Timestamp", String.valueOf(time + 1 + random.nextInt(1_000_000)));
      case 4 ->
        headers.remove(random.nextBoolean() ? "X-Slack-Signature" : "X-Slack-Request-Timestamp");
      case 5 -> {
        long old = time + (random.nextBoolean() ? 301 : -301);
        headers.putAll(SlackCalls.signed(FrontBench.SLACK_SECRET, String.valueOf(old), body));
      }
      default -> headers.putAll(SlackCalls.signed("another-app", timestamp, body));
    }

    FrontBench.Answer answer = front.send("POST", "/slack/command", headers, sent, true);

    assertThat(answer.status()).as(where).isEqualTo(401);
    assertThat(answer.body()).as(where).isEmpty();
    assertThat(front.execution.messages).as(where).isEmpty();
  }

  private static int odd(FrontBench front, Random random, String where) {
    Map<String, String> form =
        new LinkedHashMap<>(SlackCalls.command(TEXTS.get(random.nextInt(TEXTS.size()))));
    List<String> names = List.copyOf(form.keySet());
    for (int change = random.nextInt(3); change >= 0; change--) {
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        form.remove(name);
      } else {
        form.computeIfPresent(name, (key, value) -> changed(value, random));
      }
    }
    String body = SlackCalls.encode(form);
    if (random.nextInt(5) == 0) {
      body = changed(body, random);
    }

    FrontBench.Answer answer = SlackCalls.post(front, "/slack/command", body);

    assertThat(answer.status()).as("%s %s", where, body).isIn(200, 400, 401);
    for (HandOver message : front.execution.messages) {
      HandOver.Run run = (HandOver.Run) message;
      assertThat(run.principal().id()).as("%s %s", where, body).isEqualTo("slack:T0001/U1");
      assertThat(run.place().channel()).as("%s %s", where, body).isEqualTo("C1");
      assertThat(run.command().name())
          .as("%s %s", where, body)
          .isIn("ecs status", "ecs start", "oos run", "oos show");
    }
    return front.execution.messages.size();
  }

  /** Another text: a character exchanged, put in or taken out. */
  private static String changed(String text, Random random) {
    if (text.isEmpty()) {
      return String.valueOf((char) ('a' + random.nextInt(26)));
    }
    int at = random.nextInt(text.length());
    char put = ODD.charAt(random.nextInt(ODD.length()));
    String with = switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + put + text.substring(at + 1);
      case 1 -> text.substring(0, at) + put + text.substring(at);
      default -> text.substring(0, at) + text.substring(at + 1);
    };
    return with.equals(text) ? text + "!" : with;
  }
}
