package chatops.execution.notify;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Platform;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Button;
import chatops.chat.render.Message.Mark;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.rights.ConfigurationJson;
import chatops.chat.rights.LiveRights;
import chatops.chat.url.UrlGuard;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.dingtalk.CustomRobots.CustomRobot;
import chatops.cloudsim.dingtalk.DingTalkMessage;
import chatops.engine.notice.Outbound.HttpCall;
import chatops.engine.store.memory.InMemoryExecutionStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the simulated DingTalk, which blocks a robot for ten minutes after 20 messages in one. */
class DigestsTest {
  private static final String GROUP = "cid0001";
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private final SettableClock clock = new SettableClock(START);
  private final CloudSim sim = CloudSim.builder().clock(clock).start();
  private final Seal seal = new Seal("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  private final InMemoryExecutionStore store = new InMemoryExecutionStore(clock);
  private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
  private final UrlGuard guard = UrlGuard.of(List.of("oapi.dingtalk.com"), true);
  private CustomRobot robot = sim.dingTalk().robots().signing(GROUP, "ops");
  private String secret = robot.secret().orElseThrow();
  private String keyword = "";

  DigestsTest() {
    sim.dingTalk().groups().add(GROUP, "Operations");
  }

  @AfterEach
  void close() {
    sim.close();
  }

  @Test
  void of_two_hundred_executions_at_once_everybody_learns_the_outcome_and_no_robot_is_blocked()
      throws Exception {
    // four instances of the function, each with an object of its own over the same store
    List<DingTalkReplies> instances = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      instances.add(replies(digests()));
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<Delivery>> told = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int number = i;
      told.add(pool.submit(
          () -> instances.get(number % 4).send(address("staff" + number), ended(number))));
    }
    for (Future<Delivery> each : told) {
      assertThat(each.get().isDelivered()).isTrue();
    }
    pool.shutdown();
    int minutes = sweepUntilQuiet();

    Set<String> reached = new HashSet<>();
    String all = "";
    for (DingTalkMessage message : messages()) {
      reached.addAll(message.mentioned());
      all += message.text() + "\n";
    }
    for (int i = 0; i < 200; i++) {
      assertThat(all).contains(id(i));
      assertThat(reached).contains("staff" + i);
    }
    assertThat(refused()).isEmpty();
    assertThat(lost).isEmpty();
    assertThat(minutes).isLessThan(5);
    assertThat(messages()).hasSizeLessThan(40);
  }

  @Test
  void what_templates_post_by_the_same_robot_counts_for_the_same_limit() {
    Digests digests = digests();
    DingTalkReplies replies = replies(digests);
    GuardedOutbound outbound = new GuardedOutbound(guard, secret, digests, clock);
    for (int i = 0; i < 40; i++) {
      assertThat(replies.send(address("staff" + i), ended(i)).isDelivered()).isTrue();
      String post = "{\"msgtype\":\"text\",\"text\":{\"content\":\"template " + i + ".\"}}";
      outbound.send(new HttpCall(
          "POST",
          URI.create(hook()),
          Map.of("Content-Type", "application/json"),
          post.getBytes(StandardCharsets.UTF_8),
          Duration.ofSeconds(5)));
    }
    sweepUntilQuiet();

    String all =
        String.join("\n", messages().stream().map(DingTalkMessage::text).toList());
    for (int i = 0; i < 40; i++) {
      assertThat(all).contains(id(i), "template " + i + ".");
    }
    assertThat(refused()).isEmpty();
  }

  @Test
  void a_robot_that_others_used_up_is_left_alone_until_it_speaks_again() {
    for (int i = 0; i < 21; i++) {
      posts().post(way(), Map.of("msgtype", "text", "text", Map.of("content", "noise")));
    }
    int refused = refused().size();
    assertThat(refused).isEqualTo(1);
    DingTalkReplies replies = replies(digests());
    assertThat(replies.send(address("staff1"), ended(1)).isDelivered()).isTrue();
    assertThat(replies.send(address("staff2"), ended(2)).isDelivered()).isTrue();
    clock.advance(Duration.ofMinutes(5));
    assertThat(digests().flush(clock.instant().plusSeconds(10))).isZero();
    clock.advance(Duration.ofMinutes(6));
    sweepUntilQuiet();

    // one message found out that it is blocked, and none tried again before its time was over
    assertThat(refused()).hasSize(refused + 1);
    assertThat(messages().get(messages().size() - 1).text()).contains(id(1), id(2));
  }

  @Test
  void questions_go_before_results_and_can_be_answered_from_a_digest() {
    DingTalkReplies replies = replies(digests());
    for (int i = 0; i < 30; i++) {
      replies.send(address("staff" + i), ended(i));
    }
    Button approve = new Button(
        "approve", "Approve", Message.Style.PRIMARY, "v", "", "/oos approve " + id(99), "sure?");
    Message question =
        Message.of(Mark.WAITING, "Approval wanted").withButton(approve).withFooter(id(99));
    replies.send(address("staff99"), new Letter(question, "", false, false, false));
    sweepUntilQuiet();

    assertThat(String.join("\n", messages().stream().map(DingTalkMessage::text).toList()))
        .contains("`/oos approve " + id(99) + "`", "@staff99");
  }

  @Test
  void a_robot_with_keywords_hears_its_word_in_single_messages_and_digests() {
    robot = sim.dingTalk().robots().withKeywords(GROUP, "words", "运维");
    secret = "";
    keyword = "运维";
    DingTalkReplies replies = replies(digests());
    for (int i = 0; i < 30; i++) {
      assertThat(replies.send(address("staff" + i), ended(i)).isDelivered()).isTrue();
    }
    sweepUntilQuiet();

    assertThat(refused()).isEmpty();
    assertThat(messages()).hasSizeBetween(13, 15).allMatch(m -> m.text().contains("运维"));
  }

  @Test
  void what_the_conversations_own_address_refuses_goes_by_the_robot() {
    DingTalkReplies replies = replies(digests());
    ReplyAddress gone = new ReplyAddress(
        Platform.DINGTALK,
        "dingcorp0001",
        GROUP,
        "staff7",
        sim.dingTalkUrl() + "/robot/sendBySession?session=gone",
        START.plus(Duration.ofHours(1)),
        0,
        false);

    assertThat(replies.send(gone, ended(7)).isDelivered()).isTrue();
    assertThat(messages()).hasSize(1);
    assertThat(messages().get(0).mentioned()).containsExactly("staff7");
  }

  @Test
  void nothing_of_what_waits_can_be_read_in_the_store() {
    DingTalkReplies replies = replies(digests());
    for (int i = 0; i < 30; i++) {
      replies.send(address("staff" + i), ended(i));
    }

    assertThat(store.shared().under("digest:", 10)).singleElement().satisfies(row -> {
      assertThat(row.key() + row.value()).doesNotContain(robot.accessToken(), "staff", "exec-");
    });
  }

  /** @return how many minutes it took */
  private int sweepUntilQuiet() {
    for (int minute = 0; minute < 60; minute++) {
      if (store.shared().under("digest:", 10).isEmpty()) {
        return minute;
      }
      digests().flush(clock.instant().plusSeconds(10));
      clock.advance(Duration.ofMinutes(1));
    }
    throw new AssertionError("something still waits after an hour");
  }

  private Digests digests() {
    return new Digests(
        store.shared(), seal, posts(), clock, (execution, at, detail) -> lost.add(detail));
  }

  private DingTalkPosts posts() {
    return new DingTalkPosts(guard, secret, keyword, null, clock);
  }

  private DingTalkReplies replies(Digests digests) {
    LiveRights rights = LiveRights.fixed(
        ConfigurationJson.of(Map.of(
            "version",
            1L,
            "regions",
            Map.of("default", "cn-hangzhou", "allowed", List.of("cn-hangzhou")),
            "dingtalk",
            Map.of("corporations", List.of("dingcorp0001")),
            "channels",
            Map.of("dingtalk:dingcorp0001/" + GROUP, Map.of("robot", "ops")))),
        clock);
    return new DingTalkReplies(null, digests, rights, false, Map.of("ops", hook()), clock);
  }

  private String hook() {
    return sim.dingTalkUrl() + "/robot/send?access_token=" + robot.accessToken();
  }

  private DingTalkAddress way() {
    return DingTalkAddress.always(DingTalkAddress.Kind.ROBOT, hook());
  }

  private static ReplyAddress address(String person) {
    return new ReplyAddress(
        Platform.DINGTALK, "dingcorp0001", GROUP, person, "", Instant.EPOCH, 0, false);
  }

  private static Letter ended(int number) {
    Message message = Message.of(Mark.SUCCESS, "Reboot instances: done")
        .withText("instances i-" + number)
        .withFooter(id(number));
    return new Letter(message, id(number), false, false, true);
  }

  private static String id(int number) {
    return "exec-%026d".formatted(number);
  }

  private List<DingTalkMessage> messages() {
    return sim.dingTalk().groups().messages(GROUP);
  }

  /** What the platform took for one too many, or for not ours. */
  private List<String> refused() {
    return sim.log().records().stream()
        .filter(call -> call.service().equals("DingTalk"))
        .map(call -> Optional.ofNullable(call.code()).orElse(""))
        .filter(code -> !code.equals("OK"))
        .toList();
  }
}
