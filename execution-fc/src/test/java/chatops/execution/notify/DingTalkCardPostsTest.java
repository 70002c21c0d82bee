package chatops.execution.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Platform;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.link.CardToken;
import chatops.chat.link.LinkKey;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Button;
import chatops.chat.render.Message.Mark;
import chatops.chat.render.Message.Style;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.rights.ConfigurationJson;
import chatops.chat.rights.LiveRights;
import chatops.chat.url.UrlGuard;
import chatops.engine.store.memory.InMemoryExecutionStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approvals as interactive cards: made once, changed in place, dead after the outcome. */
class DingTalkCardPostsTest {
  private static final ApprovalRef REF = new ApprovalRef("exec-00000000000000000000000000", "ap1");
  private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String CARDS = "/v1.0/card/instances";
  private static final String MESSAGES = "/v1.0/robot/groupMessages/send";

  private Instant now = Instant.parse("2026-03-01T08:00:00Z");
  private @Nullable DingTalkReplies replies;
  private final LinkKey key = new LinkKey(KEY);
  private final WireMockServer peer =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void start() {
    peer.start();
    peer.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    peer.stubFor(any(urlPathEqualTo("/v1.0/oauth2/accessToken"))
        .willReturn(okJson("{\"accessToken\":\"planted-token\",\"expireIn\":7200}")));
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @Test
  void a_question_is_one_card_with_a_token_of_its_own_for_the_group_and_its_approvers()
      throws IOException {
    assertThat(send(group(), question()).isDelivered()).isTrue();

    JsonNode card = sent(CARDS + "/createAndDeliver").get(0);
    assertThat(card.path("outTrackId").asText()).isEqualTo(REF.toString());
    assertThat(card.path("callbackType").asText()).isEqualTo("HTTP");
    assertThat(card.path("callbackRouteKey").asText()).isEqualTo("route1");
    assertThat(card.path("openSpaceId").asText()).isEqualTo("dtv1.card//IM_GROUP.cid1");
    assertThat(card.at("/imGroupOpenSpaceModel/supportForward").asBoolean(true)).isFalse();
    assertThat(card.at("/imGroupOpenDeliverModel/atUserIds/staff02").asText()).isEqualTo("staff02");
    JsonNode values = card.at("/cardData/cardParamMap");
    CardToken token = key.readCard(values.path("token").asText()).orElseThrow();
    assertThat(token.approval()).isEqualTo(REF);
    assertThat(token.channel()).isEqualTo("cid1");
    assertThat(values.path("status").asText()).isEqualTo("open");
    assertThat(values.path("link").asText()).isEqualTo("https://front.example.com/approvals/x");
    values.forEach(value -> {
      assertThat(value.isTextual()).isTrue();
      assertThat(value.asText().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
    });
    assertThat(sent(MESSAGES)).isEmpty();
  }

  @Test
  void the_outcome_changes_the_card_in_place_and_says_nothing_else() throws IOException {
    Message made = Message.of(Mark.SUCCESS, "approved").withField("Decided by", "Bo");

    assertThat(send(group(), Letter.edit(made, Letter.APPROVAL + REF)).isDelivered())
        .isTrue();

    JsonNode card = sent(CARDS).get(0);
    assertThat(card.path("outTrackId").asText()).isEqualTo(REF.toString());
    assertThat(card.at("/cardData/cardParamMap/status").asText()).isEqualTo("approved");
    assertThat(card.at("/cardData/cardParamMap/text").asText()).contains("Decided by", "Bo");
    assertThat(card.at("/cardUpdateOptions/updateCardDataByKey").asBoolean()).isTrue();
    assertThat(sent(MESSAGES)).isEmpty();
  }

  @Test
  void a_void_approval_kills_its_card_and_is_told_to_everybody() throws IOException {
    Message made = Message.of(Mark.UNSURE, "asked anew");

    send(group(), new Letter(made, Letter.APPROVAL + REF, false, false, false));

    assertThat(sent(CARDS).get(0).at("/cardData/cardParamMap/status").asText())
        .isEqualTo("asked anew");
    assertThat(sent(MESSAGES)).hasSize(1);
  }

  @Test
  void a_reminder_is_a_message_because_a_card_that_is_made_again_reminds_nobody()
      throws IOException {
    send(group(), Letter.again(question().message(), Letter.APPROVAL + REF));

    assertThat(sent(CARDS + "/createAndDeliver")).isEmpty();
    assertThat(sent(MESSAGES).get(0).path("msgParam").asText()).contains("dtmd://");
  }

  @Test
  void who_pressed_is_answered_on_the_card_alone() throws IOException {
    Letter letter = Letter.toPerson(Message.of(Mark.REFUSED, "Not allowed").withText("why"));

    assertThat(send(pressed(), letter).isDelivered()).isTrue();

    JsonNode card = sent(CARDS).get(0);
    assertThat(card.at("/privateData/staff02/cardParamMap/note").asText())
        .isEqualTo("Not allowed\nwhy");
    assertThat(card.has("cardData")).isFalse();
    assertThat(sent(MESSAGES)).isEmpty();
  }

  @Test
  void a_decision_whose_card_cannot_be_changed_is_told_in_the_group() throws IOException {
    peer.stubFor(put(urlPathEqualTo(CARDS))
        .willReturn(aResponse().withStatus(400).withBody("{\"code\":\"param.error\"}")));

    assertThat(send(pressed(), Letter.instead(Message.of(Mark.SUCCESS, "approved by Bo")))
            .isDelivered())
        .isTrue();

    assertThat(sent(MESSAGES).get(0).path("msgParam").asText()).contains("approved by Bo");
  }

  @Test
  void a_card_that_cannot_be_made_is_asked_as_a_message() throws IOException {
    peer.stubFor(any(urlPathEqualTo(CARDS + "/createAndDeliver"))
        .willReturn(aResponse().withStatus(403).withBody("{\"code\":\"Forbidden\"}")));

    assertThat(send(group(), question()).isDelivered()).isTrue();

    assertThat(sent(MESSAGES).get(0).path("msgParam").asText()).contains("Approval wanted");
  }

  @Test
  void an_expired_token_is_fetched_anew_once() throws IOException {
    send(group(), question());
    send(group(), question());
    assertThat(sent("/v1.0/oauth2/accessToken")).hasSize(1);
    now = now.plus(Duration.ofMinutes(116));
    send(group(), question());

    assertThat(sent("/v1.0/oauth2/accessToken")).hasSize(2);
  }

  private static Letter question() {
    Message message = Message.of(Mark.WAITING, "Approval wanted: reboot")
        .withText("x".repeat(3000) + "密".repeat(900))
        .withMentions(List.of("staff02"))
        .withButton(new Button(
            "approve", "Approve", Style.PRIMARY, REF.toString(), "", "/oos approve x", "sure?"))
        .withButton(Button.link("Open", "https://front.example.com/approvals/x"))
        .withFooter(REF.executionId());
    return new Letter(message, Letter.APPROVAL + REF, false, false, false);
  }

  private static ReplyAddress group() {
    return new ReplyAddress(
        Platform.DINGTALK, "ding1", "cid1", "staff01", "", Instant.EPOCH, 0, false);
  }

  private static ReplyAddress pressed() {
    return new ReplyAddress(
        Platform.DINGTALK,
        "ding1",
        "cid1",
        "staff02",
        "",
        Instant.EPOCH,
        0,
        true,
        REF.toString(),
        false);
  }

  private Delivery send(ReplyAddress address, Letter letter) {
    if (replies == null) {
      replies = replies();
    }
    return replies.send(address, letter);
  }

  private DingTalkReplies replies() {
    UrlGuard guard = UrlGuard.of(List.of("api.dingtalk.com"), true);
    DingTalkApi api = new DingTalkApi(guard, peer.baseUrl(), "appkey", "app-secret", () -> now);
    LiveRights rights = LiveRights.fixed(
        ConfigurationJson.of(Map.of(
            "version",
            1L,
            "regions",
            Map.of("default", "cn-hangzhou", "allowed", List.of("cn-hangzhou")),
            "dingtalk",
            Map.of(
                "corporations",
                List.of("ding1"),
                "cards",
                Map.of("template", "t1.schema", "route", "route1")))),
        () -> now);
    Digests digests = new Digests(
        new InMemoryExecutionStore(() -> now).shared(),
        new Seal("k1:" + KEY),
        new DingTalkPosts(guard, "", "", api, () -> now),
        () -> now,
        (execution, at, detail) -> {});
    return new DingTalkReplies(
        new DingTalkCardPosts(api, key, rights, () -> now),
        digests,
        rights,
        true,
        Map.of(),
        () -> now);
  }

  private List<JsonNode> sent(String path) throws IOException {
    List<JsonNode> sent = new ArrayList<>();
    for (var request : peer.findAll(anyRequestedFor(urlPathEqualTo(path)))) {
      sent.add(new ObjectMapper().readTree(request.getBody()));
    }
    return sent;
  }
}
