package chatops.execution;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.cloudsim.ecs.InstanceSpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One approval, and every door there is at the same moment: one outcome, one person one vote, and whoever was late is told by whom. */
class AllDoorsTest {
  private static final String CORPORATION = "dingcorp0001";
  private static final Place GROUP = new Place(Platform.DINGTALK, CORPORATION, "cid1");
  private static final Place TERMINAL = new Place(Platform.CLI, "local", "terminal");
  private static final Principal ANN = dingtalk("ann");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Parameters: {instance: {Type: String}, hook: {Type: String}}
      Tasks:
        - Name: ask
          Action: ACS::Approve
          Properties:
            NotifyType: WebHook
            WebHook: {URI: '{{ hook }}', Content: {msgtype: text, text: {content: 'stop it?'}}}
        - Name: stop
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: StopInstance, Parameters: {InstanceId: '{{ instance }}'}}
      """;

  @RegisterExtension
  final Account account = Account.deployed(Map.of("Ask.yml", ASK, "AskTwo.yml", ASK));

  private final ExecutorService people = Executors.newFixedThreadPool(5);
  private int events;

  @BeforeEach
  void deploy() throws IOException {
    account.configure(
        "slack: {workspaces: [T0001], apps: []}",
        "slack: {workspaces: [T0001], apps: []}\n"
            + "dingtalk: {corporations: [dingcorp0001], cards: {template: t1.schema, route: route1}}\n"
            + "people:\n"
            + "  \"slack:T0001/U0002\": {ramUser: bob}\n"
            + "  \"dingtalk:dingcorp0001/bob\": {ramUser: bob}\n"
            + "  \"cli:local/bob\": {ramUser: bob}");
    account.configure(
        "operators: [\"slack:T0001/U0001\"], approvers: [\"slack:T0001/U0002\"]",
        "operators: [\"dingtalk:dingcorp0001/ann\"], approvers: [\"slack:T0001/U0002\", "
            + "\"dingtalk:dingcorp0001/bob\", \"dingtalk:dingcorp0001/carl\", \"cli:local/*\"]");
    account.configure(
        "where: [\"slack:T0001/C0001\"]",
        "where: [\"slack:T0001/C0001\", \"dingtalk:dingcorp0001/*\", \"cli:local/*\"]");
    account.configure(
        "        approvals:".strip() + " {bearerLinks: true",
        "  - who: [group:approvers]\n"
            + "    commands: [oos approve, oos reject]\n"
            + "    templates: [\"*\"]\n"
            + "approvals: {rules: [{templates: [AskTwo], needed: 2}], bearerLinks: true");
    account.environment.put("DINGTALK_APP_KEY", "appkey");
    account.environment.put("DINGTALK_APP_SECRET", "app-secret");
    account.environment.put("DINGTALK_API_URL", account.peer.baseUrl());
    account.peer.stubFor(any(urlPathMatching("/v1.0/.*"))
        .willReturn(okJson("{\"accessToken\":\"t\",\"expireIn\":7200}")));
    account.restart();
  }

  @AfterEach
  void undeploy() {
    people.shutdownNow();
  }

  @Test
  void every_door_at_once_comes_to_one_outcome() throws Exception {
    race(4, 20261129);
  }

  @Test
  @Tag("long")
  void every_door_at_once_comes_to_one_outcome_a_hundred_times() throws Exception {
    int approved = race(100, 20261130);
    System.out.println(
        "long-job: AllDoorsTest seed=20261130 races=100 doors=5 approved=" + approved);
  }

  /** @return how many were approved */
  private int race(int rounds, long seed) throws Exception {
    Random random = new Random(seed);
    int approved = 0;
    for (int round = 0; round < rounds; round++) {
      String instance = account.cloud.fleet().launch(InstanceSpec.named("web-" + round));
      int before = account.cloud.log().of("Ecs", "StopInstance").size();
      ApprovalRef approval = asked("Ask", instance);
      account.peer.resetRequests();
      List<HandOver> doors = new ArrayList<>(List.of(
          press(Account.BOB, Account.CHANNEL, approval, random.nextBoolean()),
          press(dingtalk("carl"), GROUP, approval, random.nextBoolean()),
          said(dingtalk("bob"), GROUP, approval, random.nextBoolean()),
          said(new Principal(Platform.CLI, "local", "dora", "dora"), TERMINAL, approval, true),
          account.decide(
              new Principal(Platform.WEB, "", "bearer", ""),
              approval.executionId(),
              approval.approvalId(),
              random.nextBoolean())));
      Collections.shuffle(doors, random);
      atOnce(doors);

      JsonNode view = view(approval);
      String decision = view.path("decision").asText();
      String by = view.path("decidedBy").asText();
      assertThat(decision).as(view.toString()).isIn("approve", "reject");
      assertThat(by).as(view.toString()).isNotEmpty();
      Eventually.is(() ->
          List.of("Success", "Cancelled").contains(view(approval).path("status").asText()));
      assertThat(account.cloud.log().of("Ecs", "StopInstance").size() - before)
          .isEqualTo(decision.equals("approve") ? 1 : 0);
      assertThat(cardStates(approval)).isNotEmpty().doesNotContain("open");

      // every door is dead now, and says who it was
      account.peer.resetRequests();
      for (HandOver again : List.of(
          press(Account.BOB, Account.CHANNEL, approval, decision.equals("reject")),
          press(dingtalk("carl"), GROUP, approval, decision.equals("reject")),
          said(dingtalk("carl"), GROUP, approval, decision.equals("reject")))) {
        account.send(again);
      }
      assertThat(view(approval).path("decision").asText()).isEqualTo(decision);
      assertThat(account.posts("/press/" + approval.executionId()).toString())
          .contains("already decided");
      assertThat(cardStates(approval).toString()).contains("already decided");
      approved += decision.equals("approve") ? 1 : 0;
    }
    return approved;
  }

  @Test
  void a_person_who_comes_through_four_doors_at_once_counts_once() throws Exception {
    String instance = account.cloud.fleet().launch(InstanceSpec.named("db-1"));
    ApprovalRef approval = asked("AskTwo", instance);
    atOnce(List.of(
        press(Account.BOB, Account.CHANNEL, approval, true),
        press(dingtalk("bob"), GROUP, approval, true),
        said(dingtalk("bob"), GROUP, approval, true),
        said(new Principal(Platform.CLI, "local", "bob", "bob"), TERMINAL, approval, true)));

    assertThat(view(approval).path("decision").asText()).isEmpty();
    assertThat(account.cloud.log().of("Ecs", "StopInstance")).isEmpty();

    account.send(press(dingtalk("carl"), GROUP, approval, true));
    Eventually.is(() -> view(approval).path("status").asText().equals("Success"));
    assertThat(account.cloud.log().of("Ecs", "StopInstance")).hasSize(1);
  }

  @Test
  void who_asked_in_one_chat_cannot_decide_in_the_other_or_at_the_terminal() throws Exception {
    account.configure(
        "  \"cli:local/bob\": {ramUser: bob}",
        "  \"cli:local/bob\": {ramUser: bob}\n"
            + "  \"dingtalk:dingcorp0001/ann\": {ramUser: ann}\n"
            + "  \"cli:local/ann\": {ramUser: ann}");
    account.restart();
    ApprovalRef approval = asked("Ask", account.cloud.fleet().launch(InstanceSpec.named("db-2")));

    account.send(
        said(new Principal(Platform.CLI, "local", "ann", "ann"), TERMINAL, approval, true));
    account.send(press(ANN, GROUP, approval, true));

    assertThat(view(approval).path("decision").asText()).isEmpty();
    assertThat(account.cloud.log().of("Ecs", "StopInstance")).isEmpty();
  }

  @Test
  void a_personal_link_goes_to_the_person_alone_and_once_for_a_signature() throws Exception {
    Principal bob = dingtalk("bob");
    HandOver.Run inGroup = run(bob, GROUP, new Command("oos", "page", List.of(), Map.of()));
    account.peer.resetRequests();
    account.send(inGroup);
    assertThat(said()).contains("direct chat").doesNotContain("%2Fenter%2F");

    HandOver.Run alone = alone(bob, "pair1", "body1");
    account.peer.resetRequests();
    account.send(alone);
    assertThat(said()).contains("batchSend", "%2Fenter%2F", "bob");

    account.peer.resetRequests();
    account.send(alone(dingtalk("carl"), "pair1", "body2"));
    assertThat(said()).contains("signature of another message").doesNotContain("%2Fenter%2F");
  }

  /** What the robot said to a person or in a group. */
  private String said() {
    return account.peer.getAllServeEvents().stream()
        .map(event -> event.getRequest().getUrl() + " " + event.getRequest().getBodyAsString())
        .filter(text -> text.startsWith("/v1.0/robot/"))
        .toList()
        .toString();
  }

  private HandOver.Run alone(Principal who, String pair, String body) {
    EventKey key = new EventKey(who.platform(), who.tenant(), "said." + events++);
    ReplyAddress address = new ReplyAddress(
        who.platform(), who.tenant(), "cid9", who.user(), "", Instant.EPOCH, 0, false, "", true);
    return new HandOver.Run(
        key.executionId(),
        who,
        new Place(Platform.DINGTALK, CORPORATION, "cid9"),
        new Command("oos", "page", List.of(), Map.of()),
        Language.EN,
        AT,
        "",
        new Seal(Account.SEAL_KEYS).seal(address, key.executionId()),
        new HandOver.Guard(EventKey.hex(pair), EventKey.hex(body)));
  }

  /** Starts an execution in the DingTalk group and waits for its question's card. */
  private ApprovalRef asked(String template, String instance) throws Exception {
    HandOver.Run run = run(
        ANN,
        GROUP,
        new Command(
            "oos",
            "run",
            List.of(
                template,
                "instance=" + instance,
                "hook=" + account.peer.baseUrl() + "/robot/send?access_token=" + events),
            Map.of()));
    account.send(run);
    for (JsonNode card : account.posts("/v1.0/card/instances/createAndDeliver")) {
      String name = card.path("outTrackId").asText();
      if (name.startsWith(run.executionId())) {
        return ApprovalRef.parse(name);
      }
    }
    throw new AssertionError("no card was made: " + account.peer.getAllServeEvents());
  }

  private void atOnce(List<HandOver> doors) throws Exception {
    CountDownLatch ready = new CountDownLatch(doors.size());
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> answers = new ArrayList<>();
    for (HandOver door : doors) {
      answers.add(people.submit(() -> {
        ready.countDown();
        go.await();
        return account.send(door);
      }));
    }
    ready.await();
    go.countDown();
    for (Future<?> answer : answers) {
      answer.get();
    }
  }

  private JsonNode view(ApprovalRef approval) throws IOException {
    return account.send(new HandOver.Ask(
        "approval",
        approval.executionId(),
        approval.approvalId(),
        new Principal(Platform.WEB, "", "bearer", ""),
        Language.EN));
  }

  /** What the card's status became, in order. */
  private List<String> cardStates(ApprovalRef approval) throws IOException {
    List<String> states = new ArrayList<>();
    for (var request :
        account.peer.findAll(putRequestedFor(urlPathEqualTo("/v1.0/card/instances")))) {
      JsonNode card = JSON.readTree(request.getBody());
      if (card.path("outTrackId").asText().equals(approval.toString()) && card.has("cardData")) {
        states.add(card.at("/cardData/cardParamMap/status").asText());
      }
    }
    return states;
  }

  private HandOver press(Principal who, Place where, ApprovalRef approval, boolean isApproved) {
    if (who.platform() == Platform.SLACK) {
      return account.decide(who, approval.executionId(), approval.approvalId(), isApproved);
    }
    return new HandOver.Decide(
        new EventKey(who.platform(), who.tenant(), "card." + events++).decisionId(),
        approval.executionId(),
        approval.approvalId(),
        isApproved,
        "",
        who,
        where,
        Language.EN,
        AT,
        seal(who, where, approval.executionId(), approval.toString()),
        new HandOver.Guard(EventKey.hex("pair" + events), EventKey.hex("body" + events)));
  }

  private HandOver said(Principal who, Place where, ApprovalRef approval, boolean isApproved) {
    String verb = isApproved ? "approve" : "reject";
    return run(who, where, new Command("oos", verb, List.of(approval.executionId()), Map.of()));
  }

  private HandOver.Run run(Principal who, Place where, Command command) {
    EventKey key = new EventKey(who.platform(), who.tenant(), "said." + events++);
    return new HandOver.Run(
        key.executionId(),
        who,
        where,
        command,
        Language.EN,
        AT,
        "",
        seal(who, where, key.executionId(), ""),
        null);
  }

  private String seal(Principal who, Place where, String executionId, String card) {
    boolean hasUrl = who.platform() == Platform.CLI;
    return new Seal(Account.SEAL_KEYS)
        .seal(
            new ReplyAddress(
                who.platform(),
                who.tenant(),
                where.channel(),
                who.user(),
                hasUrl ? account.peer.baseUrl() + "/terminal" : "",
                hasUrl ? NEVER : Instant.EPOCH,
                0,
                !card.isEmpty(),
                card,
                false),
            executionId);
  }

  private static Principal dingtalk(String staff) {
    return new Principal(Platform.DINGTALK, CORPORATION, staff, staff);
  }
}
