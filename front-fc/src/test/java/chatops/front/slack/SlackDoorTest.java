package chatops.front.slack;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.chat.reply.ReplyAddress;
import chatops.front.FrontBench;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackDoorTest {
  @TempDir
  Path folder = Path.of("");

  private FrontBench front = new FrontBench(Path.of("target"));

  @BeforeEach
  void start() {
    front = new FrontBench(folder);
  }

  @Test
  void a_command_is_handed_over_and_acknowledged_to_the_person_alone() {
    FrontBench.Answer answer = SlackCalls.say(front, "start i-bp1abc --region cn-hangzhou");

    HandOver.Run run = (HandOver.Run) front.execution.messages.get(0);
    assertThat(run.command())
        .isEqualTo(
            new Command("ecs", "start", List.of("i-bp1abc"), Map.of("region", "cn-hangzhou")));
    assertThat(run.principal()).isEqualTo(new Principal(Platform.SLACK, "T0001", "U1", "ann"));
    assertThat(run.place()).isEqualTo(new Place(Platform.SLACK, "T0001", "C1"));
    assertThat(run.guard()).isNull();
    assertThat(run.receivedAt()).isEqualTo(front.clock.instant());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().text("response_type")).isEqualTo("ephemeral");
    assertThat(answer.json().text("text")).contains("Accepted: /ecs start i-bp1abc");
    assertThat(answer.body()).contains(run.executionId());
  }

  @Test
  void the_reply_address_travels_sealed_and_is_logged_nowhere() {
    FrontBench.Answer answer = SlackCalls.say(front, "status");

    HandOver.Run run = (HandOver.Run) front.execution.messages.get(0);
    ReplyAddress reply = front.seal.open(run.reply(), run.executionId(), Platform.SLACK);
    assertThat(reply.url()).isEqualTo("https://hooks.slack.com/commands/T0001/1/secret-path");
    assertThat(reply.urlExpiresAt()).isEqualTo(front.clock.instant().plus(Duration.ofMinutes(30)));
    assertThat(reply.urlUses()).isEqualTo(5);
    assertThat(run.toString() + answer.body() + front.log).doesNotContain("secret-path");
  }

  @Test
  void the_enterprise_vector_of_the_reference_is_understood() {
    String body =
        "token=gIkuvaNzQIHg97ATvDxqgjtO&team_id=T0001&team_domain=example&enterprise_id=E0001&enterprise_name=Globular%20Construct%20Inc"
            + "&channel_id=C2147483705&channel_name=ops&user_id=U2147483697&user_name=Steve&command=%2Fecs"
            + "&text=start+i-bp1abcdefg+--region+cn-hangzhou&api_app_id=A123456&is_enterprise_install=false"
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT0001%2F1%2Fabc&trigger_id=13345224609.738474920.8088930838d88f008e0";

    assertThat(SlackCalls.post(front, "/slack/command", body).json().text("text"))
        .contains("Accepted");
    assertThat(((HandOver.Run) front.execution.messages.get(0)).principal().id())
        .isEqualTo("slack:E0001/T0001/U2147483697");
  }

  @Test
  void the_same_event_carries_the_same_ids_and_another_does_not() {
    SlackCalls.say(front, "status");
    front.clock.advance(Duration.ofSeconds(1));
    SlackCalls.say(front, "status");
    SlackCalls.say(front, "status", "trigger_id", "9.9.9");

    assertThat(front.execution.taskIds.get(1)).isEqualTo(front.execution.taskIds.get(0));
    assertThat(front.execution.taskIds.get(2)).isNotEqualTo(front.execution.taskIds.get(0));
    assertThat(front.execution.messages.get(1))
        .isInstanceOfSatisfying(
            HandOver.Run.class,
            run -> assertThat(run.executionId())
                .isEqualTo(((HandOver.Run) front.execution.messages.get(0)).executionId()));
  }

  @Test
  void the_very_same_request_again_is_answered_alike_and_handed_over_once() {
    FrontBench.Answer first = SlackCalls.say(front, "start i-bp1abc");
    front.clock.advance(Duration.ofSeconds(299));
    String body = SlackCalls.encode(SlackCalls.command("start i-bp1abc"));
    String signedAt = String.valueOf(front.clock.instant().getEpochSecond() - 299);

    FrontBench.Answer again = front.send(
        "POST",
        "/slack/command",
        SlackCalls.signed(FrontBench.SLACK_SECRET, signedAt, body),
        body.getBytes(StandardCharsets.UTF_8),
        false);

    assertThat(again).isEqualTo(first);
    assertThat(front.execution.messages).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPTED,ACCEPTED,Accepted:,1",
    "DUPLICATE,ACCEPTED,Already accepted:,1",
    "REJECTED,ACCEPTED,Not accepted:,1",
    "UNKNOWN,ACCEPTED,Accepted:,2",
    "UNKNOWN,DUPLICATE,Accepted:,2",
    "UNKNOWN,UNKNOWN,Not confirmed:,2",
    "UNKNOWN,THROTTLED,Not confirmed:,2",
    "UNKNOWN,REJECTED,Not confirmed:,2",
    "THROTTLED,ACCEPTED,Accepted:,2",
    "THROTTLED,DUPLICATE,Already accepted:,2",
    "THROTTLED,THROTTLED,Not accepted:,2",
    "THROTTLED,REJECTED,Not accepted:,2",
    "THROTTLED,UNKNOWN,Not confirmed:,2",
  })
  void what_became_of_the_hand_over_is_told_as_it_is(
      Receipt first, Receipt second, String told, int tries) {
    front.execution.receipts.add(first);
    front.execution.receipts.add(second);

    FrontBench.Answer answer = SlackCalls.say(front, "status");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().text("text")).contains(told);
    assertThat(answer.body())
        .contains(((HandOver.Run) front.execution.messages.get(0)).executionId());
    assertThat(front.execution.taskIds).hasSize(tries);
    assertThat(front.execution.taskIds.stream().distinct()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start i-1      | channel_id | C9    | not in this channel (slack:T0001/C9)",
        "start i-1      | user_id    | U9    | Nothing in the configuration names you (slack:T0001/U9)",
        "start i-1      | team_id    | T0009 | workspace or corporation (T0009) is not in the configuration",
        "stop i-1       | user_id    | U1    | You may not use \"ecs stop\" here",
        "start i-1 --region cn-beijing | user_id | U1 | You may not work in region cn-beijing",
        "start i-1 --role Root         | user_id | U1 | You may not use the role Root",
        "strat i-1      | user_id    | U1    | Did you mean ecs start?",
        "start i-1 --regoin x | user_id | U1 | Did you mean --region?",
        "start web-1    | user_id    | U1    | names no instance",
        "start          | user_id    | U1    | needs more to go on",
        "run disk i-1 i-2 | user_id  | U1    | put \"on\" between them",
        "script i-1     | user_id    | U1    | no command to run",
        "run i-1 -- id  | user_id    | U1    | You may not use \"ecs script\" here",
        "status --lang fr | user_id  | U1    | --lang en|zh|ja",
      })
  void a_known_caller_is_refused_with_an_explanation(
      String text, String field, String value, String told) {
    FrontBench.Answer answer = SlackCalls.say(front, text, field, value);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().text("response_type")).isEqualTo("ephemeral");
    assertThat(answer.json().text("text")).contains(told);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void everybody_is_answered_in_their_language() {
    assertThat(SlackCalls.say(front, "start i-1", "user_id", "U3").json().text("text"))
        .contains("不允许");
    assertThat(SlackCalls.say(front, "start i-1", "user_id", "U4").json().text("text"))
        .contains("許可されていません");
    for (String lang : List.of("zh", "ZH", "zh-CN", "cn")) {
      assertThat(SlackCalls.say(front, "help --lang " + lang).json().text("text"))
          .isNotEmpty();
    }
    assertThat(SlackCalls.say(front, "status --lang zh").json().text("text")).contains("已受理");
    assertThat(front.execution.messages.get(0))
        .isInstanceOfSatisfying(
            HandOver.Run.class, run -> assertThat(run.language()).isEqualTo(Language.ZH));
  }

  @Test
  void whoami_and_help_are_answered_at_once() {
    String whoami = SlackCalls.say(front, "whoami", "command", "/oos").body();
    String help = SlackCalls.say(front, "help", "command", "/oos").json().text("text");

    assertThat(whoami).contains("slack:T0001/U1", "slack:T0001/C1", "operators");
    assertThat(help)
        .contains("/ecs start", "/oos run", "/oos whoami")
        .doesNotContain("/ecs stop", "/oos cancel", "/ecs install");
    assertThat(SlackCalls.say(front, "help", "user_id", "U9").json().text("text"))
        .doesNotContain("/ecs start")
        .contains("/oos whoami");
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void help_about_one_command_shows_an_example_and_whether_the_person_may_use_it() {
    String start = SlackCalls.say(front, "help start").json().text("text");
    String stop = SlackCalls.say(front, "stop --help").json().text("text");

    assertThat(start)
        .contains("/ecs start", "For example: /ecs start i-bp1abc", "起動")
        .doesNotContain("may not");
    assertThat(stop).contains("For example: /ecs stop", "You may not use \"ecs stop\" here");
    assertThat(SlackCalls.say(front, "help start --lang zh").json().text("text"))
        .contains("/ecs start");
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void whoami_tells_the_ids_even_where_nothing_is_configured_yet() {
    assertThat(
            SlackCalls.say(front, "whoami", "command", "/oos", "team_id", "T7").body())
        .contains("slack:T7/U1", "not in chatops.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_id=U2", "text=%zz", "a=%", "a=%4", "text=%2"})
  void a_malformed_form_is_answered_with_400(String more) {
    String body = SlackCalls.encode(SlackCalls.command("status")) + "&" + more;

    assertThat(SlackCalls.post(front, "/slack/command", body).status()).isEqualTo(400);
    assertThat(front.execution.messages).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"team_id", "user_id", "channel_id", "trigger_id", "command"})
  void a_missing_field_is_named(String field) {
    FrontBench.Answer answer = SlackCalls.say(front, "status", field, "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.slack.com/x",
        "https://evil.com/x",
        "https://hooks.slack.com.evil.com/",
        "https://user@hooks.slack.com/",
        "https://127.0.0.1/",
        "http://127.0.0.1:1/",
        "https://hooks.slack.com:8443/",
        "x"
      })
  void a_reply_url_elsewhere_is_refused(String url) {
    assertThat(SlackCalls.say(front, "status", "response_url", url).status()).isEqualTo(400);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void a_reply_url_on_this_machine_passes_only_on_the_one_machine_host() {
    FrontBench local =
        new FrontBench(folder, FrontBench.RIGHTS, Map.of("CHATOPS_OUTBOUND_LOOPBACK", "true"));

    assertThat(SlackCalls.say(local, "status", "response_url", "http://127.0.0.1:1234/x")
            .status())
        .isEqualTo(200);
    assertThat(local.execution.messages).hasSize(1);
  }

  @Test
  void another_app_or_token_is_nobody() {
    FrontBench withToken = new FrontBench(
        folder, FrontBench.RIGHTS, Map.of("SLACK_TOKEN", "gIkuvaNzQIHg97ATvDxqgjtO"));

    assertThat(SlackCalls.say(front, "status", "api_app_id", "A9").status()).isEqualTo(401);
    assertThat(SlackCalls.say(withToken, "status").status()).isEqualTo(200);
    assertThat(SlackCalls.say(withToken, "status", "token", "other").status()).isEqualTo(401);
    assertThat(SlackCalls.say(withToken, "status", "token", "").status()).isEqualTo(401);
  }

  @Test
  void the_right_token_is_no_signature() {
    FrontBench withToken = new FrontBench(
        folder, FrontBench.RIGHTS, Map.of("SLACK_TOKEN", "gIkuvaNzQIHg97ATvDxqgjtO"));
    byte[] body = SlackCalls.encode(SlackCalls.command("status")).getBytes(StandardCharsets.UTF_8);

    FrontBench.Answer answer = withToken.send("POST", "/slack/command", Map.of(), body, false);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void nobody_learns_why_a_signature_was_refused() {
    String body = SlackCalls.encode(SlackCalls.command("status"));
    String now = String.valueOf(front.clock.instant().getEpochSecond());
    String old = String.valueOf(front.clock.instant().getEpochSecond() - 400);
    List<FrontBench.Answer> answers = List.of(
        front.send(
            "POST",
            "/slack/command",
            SlackCalls.signed("wrong-secret-here", now, body),
            body.getBytes(StandardCharsets.UTF_8),
            false),
        front.send(
            "POST",
            "/slack/command",
            SlackCalls.signed(FrontBench.SLACK_SECRET, old, body),
            body.getBytes(StandardCharsets.UTF_8),
            false),
        front.send(
            "POST", "/slack/command", Map.of(), body.getBytes(StandardCharsets.UTF_8), false),
        SlackCalls.post(front, "/slack/command", "text=" + "x".repeat(17 * 1024)));

    assertThat(answers).allSatisfy(answer -> {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer).isEqualTo(answers.get(0));
    });
    assertThat(front.execution.messages).isEmpty();
    assertThat(front.log)
        .anyMatch(line -> line.contains("400 s old"))
        .noneMatch(line -> line.contains("v0="));
  }

  @Test
  void a_body_in_base64_is_verified_over_its_bytes() {
    String body = SlackCalls.encode(SlackCalls.command("status"));
    String now = String.valueOf(front.clock.instant().getEpochSecond());

    assertThat(front
            .send(
                "POST",
                "/slack/command",
                SlackCalls.signed(FrontBench.SLACK_SECRET, now, body),
                body.getBytes(StandardCharsets.UTF_8),
                true)
            .status())
        .isEqualTo(200);
  }

  @Test
  void escaped_signs_and_links_are_as_they_were_typed() {
    SlackCalls.say(
        front,
        "run ECS-X a=&lt;1&gt;&amp;amp; url=<https://example.com/a?b=c|example.com> z=<http://y.com>",
        "command",
        "/oos");

    assertThat(((HandOver.Run) front.execution.messages.get(0)).command().arguments())
        .containsExactly("ECS-X", "a=<1>&amp;", "url=https://example.com/a?b=c", "z=http://y.com");
  }

  @Test
  void slacks_look_at_the_certificate_leads_to_nothing() {
    assertThat(front.get("/slack/command?ssl_check=1").status()).isEqualTo(200);
    assertThat(front
            .send(
                "POST",
                "/slack/command",
                Map.of(),
                "token=x&ssl_check=1".getBytes(StandardCharsets.UTF_8),
                false)
            .status())
        .isEqualTo(200);
    assertThat(SlackCalls.say(front, "status", "ssl_check", "1").body()).isEmpty();
    assertThat(front.execution.messages).isEmpty();
  }
}
