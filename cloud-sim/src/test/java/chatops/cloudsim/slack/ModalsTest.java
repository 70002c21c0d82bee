package chatops.cloudsim.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.http.WebServer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModalsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = """
      {"type":"modal","callback_id":"form","private_metadata":"kept","title":{"type":"plain_text","text":"Run"},
       "submit":{"type":"plain_text","text":"Run"},"blocks":[
        {"type":"section","text":{"type":"mrkdwn","text":"*What*"}},
        {"type":"input","block_id":"name","label":{"type":"plain_text","text":"Name"},
         "element":{"type":"plain_text_input","action_id":"v","initial_value":"web"}},
        {"type":"input","block_id":"mode","optional":true,"label":{"type":"plain_text","text":"Mode"},
         "element":{"type":"static_select","action_id":"v","options":[
          {"text":{"type":"plain_text","text":"fast"},"value":"fast"},{"text":{"type":"plain_text","text":"safe"},"value":"safe"}]}},
        {"type":"input","block_id":"where","label":{"type":"plain_text","text":"Channel"},
         "element":{"type":"conversations_select","action_id":"v","default_to_current_conversation":true,"response_url_enabled":true}}]}
      """;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final CloudSim sim = CloudSim.builder().clock(clock).start();
  private final WebServer app = new WebServer();
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private volatile WebReply acknowledgement = WebReply.of(200, "", "");

  @BeforeEach
  void serve() {
    URI url = app.open(0, request -> {
      received.add(payload(request));
      return acknowledgement;
    });
    sim.slack().channel("C0001", "ops");
    sim.slack().pointAt(url.resolve("/command"), url.resolve("/interactive"));
  }

  @AfterEach
  void close() {
    app.close();
    sim.close();
  }

  @Test
  void a_trigger_opens_one_view_within_three_seconds() {
    String first = trigger();
    assertThat(call("views.open", open(first, FORM)).path("ok").asBoolean()).isTrue();
    assertThat(call("views.open", open(first, FORM)).path("error").asText())
        .isEqualTo("exchanged_trigger_id");
    assertThat(call("views.open", open("made.up", FORM)).path("error").asText())
        .isEqualTo("invalid_trigger_id");
    String late = trigger();
    clock.advance(Duration.ofMillis(3001));
    assertThat(call("views.open", open(late, FORM)).path("error").asText())
        .isEqualTo("expired_trigger_id");
  }

  @Test
  void what_a_person_puts_in_comes_back_with_the_submission() {
    opened(FORM);
    SlackScreen screen = sim.slack().screen();
    screen.fill("U0001", "name", "db-1");
    screen.fill("U0001", "mode", "safe");

    screen.submit("U0001");

    JsonNode sent = received.get(received.size() - 1);
    assertThat(sent.path("type").asText()).isEqualTo("view_submission");
    assertThat(sent.at("/view/private_metadata").asText()).isEqualTo("kept");
    assertThat(sent.at("/view/hash").asText()).isNotEmpty();
    assertThat(sent.at("/view/state/values/name/v/value").asText()).isEqualTo("db-1");
    assertThat(sent.at("/view/state/values/mode/v/selected_option/value").asText())
        .isEqualTo("safe");
    assertThat(sent.at("/view/state/values/where/v/selected_conversation").asText())
        .isEqualTo("C0001");
    assertThat(sent.at("/response_urls/0/channel_id").asText()).isEqualTo("C0001");
    assertThat(sim.slack().modals().all()).isEmpty();
  }

  @Test
  void an_empty_input_that_is_needed_is_not_sent() {
    opened(FORM);
    int before = received.size();
    sim.slack().screen().fill("U0001", "name", "");

    assertThat(sim.slack().screen().submit("U0001")).isEmpty();

    assertThat(received).hasSize(before);
    assertThat(top().errors()).containsOnlyKeys("name");
    sim.slack().screen().fill("U0001", "name", "x");
    assertThat(top().errors()).isEmpty();
  }

  @Test
  void errors_stand_below_their_inputs_and_leave_the_hash_as_it_was() {
    opened(FORM);
    String hash = top().hash();
    acknowledgement = WebReply.json(
        200, "{\"response_action\":\"errors\",\"errors\":{\"name\":\"no such thing\"}}");

    sim.slack().screen().submit("U0001");

    assertThat(top().errors()).isEqualTo(Map.of("name", "no such thing"));
    assertThat(top().hash()).isEqualTo(hash);
  }

  @Test
  void an_answer_may_change_the_view_or_put_another_on_it_or_clear_them() {
    opened(FORM);
    String id = top().id();
    String hash = top().hash();
    acknowledgement =
        WebReply.json(200, "{\"response_action\":\"update\",\"view\":" + said("one") + "}");
    sim.slack().screen().submit("U0001");
    assertThat(top().id()).isEqualTo(id);
    assertThat(top().hash()).isNotEqualTo(hash);
    assertThat(top().view().toString()).contains("one");

    acknowledgement =
        WebReply.json(200, "{\"response_action\":\"push\",\"view\":" + said("two") + "}");
    sim.slack().screen().submit("U0001");
    assertThat(top().previousId()).contains(id);
    assertThat(top().rootId()).isEqualTo(id);

    acknowledgement = WebReply.json(200, "{\"response_action\":\"clear\"}");
    sim.slack().screen().submit("U0001");
    assertThat(sim.slack().modals().all()).isEmpty();
  }

  @Test
  void the_app_changes_a_view_by_its_own_name_for_it_and_inputs_keep_what_is_in_them() {
    opened(FORM.replace("\"type\":\"modal\"", "\"type\":\"modal\",\"external_id\":\"mine\""));
    sim.slack().screen().fill("U0001", "name", "typed");
    String hash = top().hash();

    ObjectNode call = JSON.createObjectNode().put("external_id", "mine");
    call.set("view", read(FORM.replace("\"Name\"", "\"New name\"")));
    assertThat(call("views.update", call).path("ok").asBoolean()).isTrue();
    assertThat(input("name").path("value").asText()).isEqualTo("typed");
    assertThat(top().view().toString()).contains("New name");

    call.put("external_id", "other");
    assertThat(call("views.update", call).path("error").asText()).isEqualTo("not_found");
    call.put("view_id", top().id()).put("hash", hash);
    assertThat(call("views.update", call).path("error").asText()).isEqualTo("hash_conflict");
  }

  @Test
  void a_name_is_given_once_and_a_stack_has_three_views() {
    opened(FORM.replace("\"type\":\"modal\"", "\"type\":\"modal\",\"external_id\":\"mine\""));
    String again =
        said("x").replace("\"type\":\"modal\"", "\"type\":\"modal\",\"external_id\":\"mine\"");
    assertThat(call("views.push", open(trigger(), again)).path("error").asText())
        .isEqualTo("duplicate_external_id");
    assertThat(call("views.push", open(trigger(), said("a"))).path("ok").asBoolean())
        .isTrue();
    assertThat(call("views.push", open(trigger(), said("b"))).path("ok").asBoolean())
        .isTrue();
    assertThat(call("views.push", open(trigger(), said("c"))).path("error").asText())
        .isEqualTo("push_limit_reached");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"text\":\"Run\"}|\"text\":\"A title of more than 24 chars\"}|title",
        "\"block_id\":\"mode\"|\"block_id\":\"name\"|not unique",
        "\"submit\":{\"type\":\"plain_text\",\"text\":\"Run\"},|``|submit",
        "\"value\":\"fast\"|\"value\":\"fast\",\"x\":\"y\"|``",
        "\"action_id\":\"v\",\"initial_value\":\"web\"|\"action_id\":\"v\",\"max_length\":3001|max_length",
        "\"type\":\"modal\"|\"type\":\"home\"|view type",
        "\"type\":\"section\"|\"type\":\"unknown\"|unsupported",
        "\"private_metadata\":\"kept\"|\"private_metadata\":\"LONG\"|private_metadata",
      })
  void a_view_that_breaks_the_rules_is_refused_and_costs_no_trigger(
      String found, String replaced, String told) {
    String trigger = trigger();
    String view = FORM.replace(found, replaced.replace("LONG", "x".repeat(3001)));

    JsonNode answer = call("views.open", open(trigger, view));

    if (told.isEmpty()) {
      assertThat(answer.path("ok").asBoolean()).isTrue();
    } else {
      assertThat(answer.path("error").asText()).isEqualTo("invalid_arguments");
      assertThat(answer.at("/response_metadata/messages/0").asText()).contains(told);
      assertThat(call("views.open", open(trigger, FORM)).path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void an_app_that_fails_leaves_the_view_with_slacks_own_error() {
    opened(FORM);
    acknowledgement = WebReply.of(500, "", "");

    sim.slack().screen().submit("U0001");

    assertThat(top().errors().get("")).contains("trouble connecting");
  }

  @Test
  void shortcuts_come_with_a_trigger_and_on_a_message_with_its_channel() {
    sim.slack().shortcut("U0001", "C0001", "run_template");
    JsonNode global = received.get(0);
    assertThat(global.path("type").asText()).isEqualTo("shortcut");
    assertThat(global.has("channel")).isFalse();
    assertThat(call("views.open", open(global.path("trigger_id").asText(), FORM))
            .path("ok")
            .asBoolean())
        .isTrue();
    assertThat(input("where").path("selected_conversation").asText()).isEqualTo("C0001");

    ObjectNode post =
        JSON.createObjectNode().put("channel", "C0001").put("text", "Execution exec-1");
    String ts = call("chat.postMessage", post).path("ts").asText();
    SlackMessage message = sim.slack().channels().find("C0001", ts).orElseThrow();
    sim.slack().shortcut("U0001", message, "show_execution");
    JsonNode onMessage = received.get(1);
    assertThat(onMessage.path("type").asText()).isEqualTo("message_action");
    assertThat(onMessage.at("/channel/id").asText()).isEqualTo("C0001");
    assertThat(onMessage.at("/message/text").asText()).contains("exec-1");
    assertThat(onMessage.path("response_url").asText()).contains("/actions/");
  }

  @Test
  void a_select_asks_the_app_while_the_person_types() {
    opened(FORM.replace(
        "\"type\":\"static_select\",\"action_id\":\"v\",\"options\":[\n",
        "\"type\":\"external_select\",\"action_id\":\"v\",\"ignored\":[\n"));
    acknowledgement = WebReply.json(200, "{\"options\":[{\"value\":\"a\"},{\"value\":\"b\"}]}");

    assertThat(sim.slack().screen().suggestions("U0001", "mode", "x")).containsExactly("a", "b");
    assertThat(received.get(received.size() - 1).path("value").asText()).isEqualTo("x");
  }

  @Test
  void what_is_not_there_cannot_be_filled() {
    assertThatThrownBy(() -> sim.slack().screen().fill("U0001", "name", "x"))
        .hasMessageContaining("no modal open");
    opened(FORM);
    assertThatThrownBy(() -> sim.slack().screen().fill("U0001", "nothing", "x"))
        .hasMessageContaining("no input nothing");
    assertThatThrownBy(() -> sim.slack().screen().fill("U0001", "mode", "slow"))
        .hasMessageContaining("no option");
  }

  private JsonNode input(String id) {
    return Objects.requireNonNull(top().inputs().get(id));
  }

  private Modal top() {
    return sim.slack().modals().top("U0001").orElseThrow();
  }

  private void opened(String view) {
    assertThat(call("views.open", open(trigger(), view)).path("ok").asBoolean()).isTrue();
  }

  /** Of a command typed just now. */
  private String trigger() {
    WebReply before = acknowledgement;
    acknowledgement = WebReply.of(200, "", "");
    sim.slack().command("U0001", "C0001", "/oos run X");
    acknowledgement = before;
    return received.remove(received.size() - 1).path("trigger_id").asText();
  }

  private static ObjectNode open(String trigger, String view) {
    ObjectNode call = JSON.createObjectNode().put("trigger_id", trigger);
    call.set("view", read(view));
    return call;
  }

  private JsonNode call(String method, JsonNode arguments) {
    return sim.slack()
        .api()
        .call(method, "Bearer " + sim.slack().app().botToken(), arguments)
        .body();
  }

  private static String said(String text) {
    return "{\"type\":\"modal\",\"title\":{\"type\":\"plain_text\",\"text\":\"Run\"},\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\""
        + text + "\"}}]}";
  }

  /** An interaction's payload, or a command's fields. */
  private static JsonNode payload(WebRequest request) {
    ObjectNode fields = JSON.createObjectNode();
    for (Map.Entry<String, String> field : WebRequest.pairs(request.text())) {
      fields.put(field.getKey(), field.getValue());
    }
    return fields.has("payload") ? read(fields.get("payload").asText()) : fields;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
