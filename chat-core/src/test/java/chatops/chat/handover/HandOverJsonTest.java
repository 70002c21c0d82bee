package chatops.chat.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandOverJsonTest {
  private static final Principal ANN = new Principal(Platform.SLACK, "T0001", "U0001", "安");
  private static final Place OPS = new Place(Platform.SLACK, "T0001", "C0001");
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123Z");

  static List<HandOver> messages() {
    Command command =
        new Command("ecs", "start", List.of("i-1", "i-2"), Map.of("region", "cn-hangzhou"));
    HandOver.Guard guard = new HandOver.Guard("aa", "bb");
    return List.of(
        new HandOver.Run("exec-1", ANN, OPS, command, Language.ZH, AT, "hash", "k1.sealed", null),
        new HandOver.Run("exec-1", ANN, OPS, command, Language.EN, AT, "hash", "k1.sealed", guard),
        new HandOver.Decide("d_1", "exec-1", "a1", true, "", ANN, OPS, Language.JA, AT, "", null),
        new HandOver.Decide(
            "d_1", "exec-1", "a1", false, "too late", ANN, OPS, Language.EN, AT, "s", guard),
        new HandOver.Answer("d_2", "exec-1", "oq1", "retry", ANN, OPS, Language.EN, AT, "s", guard),
        new HandOver.Wake("exec-1", 17),
        new HandOver.Sweep(),
        new HandOver.Notification("1234567890123456", "ess-hooks", "34-05", "{\"a\":\"安\"}", AT),
        new HandOver.Ask("approval", "exec-1", "a1", ANN, Language.EN));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void every_message_survives_the_way(HandOver message) {
    assertThat(HandOverJson.decode(HandOverJson.encode(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void every_message_says_what_it_is(HandOver message) {
    assertThat(JsonReader.object(HandOverJson.encode(message)).text("kind"))
        .isEqualTo("chatops/v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "executionId",
        "principal",
        "place",
        "command",
        "language",
        "receivedAt",
        "rightsHash",
        "reply",
        "type",
        "kind"
      })
  void a_missing_field_is_named(String field) {
    Map<String, @Nullable Object> json = json(messages().get(0));
    json.remove(field);

    assertThatThrownBy(() -> HandOverJson.decode(JsonWriter.bytes(json)))
        .isInstanceOf(HandOverException.class)
        .hasMessageContaining(field);
  }

  @Test
  void unknown_fields_are_ignored() {
    Map<String, @Nullable Object> json = json(messages().get(0));
    json.put("addedLater", Map.of("x", 1L));

    assertThat(HandOverJson.decode(JsonWriter.bytes(json))).isEqualTo(messages().get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"kind\":\"chatops/v2\",\"type\":\"sweep\"}",
        "{\"kind\":\"chatops/v1\",\"type\":\"drop\"}",
        "{\"kind\":\"chatops/v1\",\"type\":\"wake\",\"executionId\":\"e\",\"version\":\"1\"}",
        "{\"triggerName\":\"sweep\"}"
      })
  void what_is_no_message_is_refused(String text) {
    assertThatThrownBy(() -> HandOverJson.decode(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(HandOverException.class);
  }

  @Test
  void a_wrong_instant_platform_or_language_is_refused_by_name() {
    assertThatThrownBy(() -> decodeWith("receivedAt", "yesterday"))
        .isInstanceOf(HandOverException.class);
    assertThatThrownBy(() -> decodeWith("language", "FR")).hasMessageContaining("language");
    assertThatThrownBy(
            () -> decodeWith("place", Map.of("platform", "IRC", "tenant", "t", "channel", "c")))
        .hasMessageContaining("place.platform");
  }

  @Test
  void a_message_beyond_what_fc_takes_is_refused_on_both_sides() {
    Command command =
        new Command("oos", "run", List.of("T", "x=" + "y".repeat(HandOverJson.LIMIT)), Map.of());
    HandOver large = new HandOver.Run("exec-1", ANN, OPS, command, Language.EN, AT, "h", "s", null);

    assertThatThrownBy(() -> HandOverJson.encode(large))
        .isInstanceOf(HandOverException.class)
        .hasMessageContaining("131072");
    assertThatThrownBy(() -> HandOverJson.decode(new byte[HandOverJson.LIMIT + 1]))
        .isInstanceOf(HandOverException.class);
  }

  @Test
  void ids_derive_from_the_event_and_have_the_form_fc_takes() {
    EventKey event =
        new EventKey(Platform.SLACK, "T0001", "13345224609.738474920.8088930838d88f008e0");

    assertThat(event.executionId())
        .matches("exec-[a-z2-7]{26}")
        .isEqualTo(new EventKey(Platform.SLACK, "T0001", event.key()).executionId());
    assertThat(event.taskId())
        .matches("[A-Za-z_][A-Za-z0-9_-]{0,127}")
        .isNotEqualTo("c_" + event.executionId());
    assertThat(new EventKey(Platform.SLACK, "T0002", event.key()).executionId())
        .isNotEqualTo(event.executionId());
    assertThat(new EventKey(Platform.DINGTALK, "T0001", event.key()).executionId())
        .isNotEqualTo(event.executionId());
    // SHA-256("SLACK|T|k") in base32, by coreutils
    assertThat(new EventKey(Platform.SLACK, "T", "k").executionId())
        .isEqualTo("exec-xhrwbtvkfn6aobjcaovvzpk7bq");
  }

  @Test
  void an_approval_view_survives_the_way_in_its_order() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("zone", "b");
    parameters.put("action", "reboot");
    ApprovalView view = new ApprovalView(
        "exec-1",
        "a/1",
        "Waiting",
        "Reboot?",
        "m",
        "T",
        "cn-hangzhou",
        "Ann",
        3,
        List.of("web-1"),
        parameters,
        "2026-11-20T10:00:00Z",
        "",
        true,
        "",
        "",
        "",
        "",
        "",
        "",
        2,
        List.of("bo"),
        "rejection");

    ApprovalView read = ApprovalView.fromJson(view.toJson());

    assertThat(read).isEqualTo(view);
    assertThat(read.parameters().keySet()).containsExactly("zone", "action");
    assertThat(ApprovalView.unknown("exec-1", "a").isKnown()).isFalse();
    assertThatThrownBy(() -> ApprovalView.fromJson("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(HandOverException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "exec-1",
        "exec-1:",
        ":a",
        "exec 1:a",
        "exec-1:a b",
        "exec-1:a|b",
        "exec-1:a:b"
      })
  void a_foreign_button_value_is_refused(String value) {
    assertThatThrownBy(() -> ApprovalRef.parse(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_button_value_reads_as_it_was_written() {
    ApprovalRef approval = new ApprovalRef("exec-abc", "tasks/approve.1");

    assertThat(ApprovalRef.parse(approval.toString())).isEqualTo(approval);
  }

  private static HandOver decodeWith(String field, Object value) {
    Map<String, @Nullable Object> json = json(messages().get(0));
    json.put(field, value);
    return HandOverJson.decode(JsonWriter.bytes(json));
  }

  private static Map<String, @Nullable Object> json(HandOver message) {
    JsonObject json = JsonReader.object(HandOverJson.encode(message));
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String name : json.names()) {
      members.put(name, json.value(name));
    }
    return members;
  }
}
