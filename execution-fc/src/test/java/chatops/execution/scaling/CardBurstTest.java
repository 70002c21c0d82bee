package chatops.execution.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.rights.ConfigurationJson;
import chatops.chat.rights.LiveRights;
import chatops.chat.slack.SlackClient;
import chatops.chat.text.Texts;
import chatops.chat.url.UrlGuard;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.slack.SlackMessage;
import chatops.engine.StartExecution;
import chatops.engine.id.ExecutionId;
import chatops.engine.testkit.World;
import chatops.execution.notify.Digests;
import chatops.execution.notify.DingTalkPosts;
import chatops.execution.notify.DingTalkReplies;
import chatops.execution.notify.Origin;
import chatops.execution.notify.Replies;
import chatops.execution.notify.SlackReplies;
import chatops.execution.notify.SlackWebApi;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A burst of scaling activities, all told in one channel by two instances of the function, in virtual time. Each instance keeps Slack's pace by itself,
 * so that together they are too fast, and the simulated Slack says so.
 */
class CardBurstTest {
  private static final int ACTIVITIES = 1000;
  private static final String CHANNEL = "C0001";
  /** Half of them are over before Slack has taken their cards, half are shown at work first. */
  private static final String TEMPLATE = """
      FormatVersion: OOS-2019-06-01
      Parameters:
        work: {Type: String}
        items: {Type: List}
        instanceIds: {Type: List}
      Tasks:
        - Name: rest
          Action: ACS::Sleep
          Properties: {Duration: '{{ work }}'}
        - Name: complete
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: DescribeInstances, Parameters: {RegionId: cn-hangzhou}}
      """;

  private final World world = new World().template("Work", TEMPLATE);
  private final CloudSim sim = CloudSim.builder().clock(world.clock).start();
  private final Seal seal = new Seal("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  private final List<ActivityCards> instances = List.of(cards(), cards());
  private int tells;

  CardBurstTest() {
    sim.slack().channel(CHANNEL, "operations");
    world.platform = (notice, memory) -> {
      tells++;
      instances
          .get(tells % 2)
          .show(notice.envelope().execution(), notice.envelope().origin());
      return memory;
    };
  }

  @AfterEach
  void close() {
    sim.close();
  }

  private ActivityCards cards() {
    UrlGuard guard = UrlGuard.of(List.of("hooks.slack.com"), true);
    SlackClient slack =
        new SlackClient(guard, sim.slackUrl() + "/api/", sim.slack().app().botToken());
    // many wait at once, and nobody's wait is another's: the clock stands meanwhile
    SlackWebApi web = new SlackWebApi(slack, world.clock, time -> {});
    Digests digests = new Digests(
        world.store.shared(),
        seal,
        new DingTalkPosts(guard, "", "", null, world.clock),
        world.clock,
        (execution, at, detail) -> {});
    LiveRights rights = LiveRights.fixed(
        ConfigurationJson.of(Map.of(
            "version",
            1L,
            "regions",
            Map.of("default", "cn-hangzhou", "allowed", List.of("cn-hangzhou")))),
        world.clock);
    Replies replies = new Replies(
        seal,
        new SlackReplies(guard, web, "", world.clock, time -> {}),
        new DingTalkReplies(null, digests, rights, false, Map.of(), world.clock));
    return new ActivityCards(
        world.store.shared(),
        world::engine,
        replies,
        new ActivityMessages(new Texts()),
        world.clock);
  }

  private static ExecutionId id(int number) {
    return new ExecutionId("exec-%012x".formatted(number + 1));
  }

  private static String activity(int number) {
    return "asa-%05d".formatted(number);
  }

  private StartExecution wish(int number) {
    StartExecution plain = world.wish(
        "Work",
        "{\"work\":\"" + (number % 2 == 0 ? "PT1S" : "PT40M")
            + "\",\"items\":[\"i-1\"],\"instanceIds\":[\"i-1\"]}");
    HookFacts hook = new HookFacts(
        activity(number),
        "20260301",
        "asg-1",
        "web",
        "install",
        "SCALE_OUT",
        1,
        "Work",
        100,
        "ABANDON",
        false,
        "CONTINUE");
    Origin origin =
        new Origin(Platform.SLACK, "T0001", CHANNEL, Language.EN, "ess hook", "Auto Scaling");
    ReplyAddress address =
        new ReplyAddress(Platform.SLACK, "T0001", CHANNEL, "", "", Instant.EPOCH, 0, false);
    return new StartExecution(
        id(number),
        plain.template(),
        "",
        plain.parameters(),
        plain.startedBy(),
        seal.seal(address, id(number).value()),
        hook.addTo(origin.toMap()),
        "cn-hangzhou",
        "");
  }

  @Test
  void each_activity_of_a_burst_ends_in_one_card_with_its_end() {
    Instant begin = world.clock.instant();
    for (int i = 0; i < ACTIVITIES; i++) {
      StartExecution wish = wish(i);
      world.engine().start(wish);
      instances.get(i % 2).begun(id(i), wish.origin());
    }

    Instant told = begin;
    while (unfinished() > 0 && told.isBefore(begin.plus(Duration.ofHours(6)))) {
      told = told.plus(Duration.ofMinutes(1));
      world.live(told);
    }

    List<SlackMessage> messages = sim.slack().channels().messages(CHANNEL);
    Map<String, Integer> byActivity = new HashMap<>();
    for (SlackMessage message : messages) {
      String text = message.toString();
      byActivity.merge(text.replaceAll("(?s).*(asa-\\d{5}).*", "$1"), 1, Integer::sum);
      assertThat(text).contains("CONTINUE sent").doesNotContain("running");
      assertThat(message.edits()).isLessThanOrEqualTo(1);
    }
    assertThat(byActivity)
        .hasSize(ACTIVITIES)
        .allSatisfy((activity, count) -> assertThat(count).isOne());
  }

  private long unfinished() {
    return ACTIVITIES
        - sim.slack().channels().messages(CHANNEL).stream()
            .filter(message -> message.toString().contains("CONTINUE sent"))
            .count();
  }
}
