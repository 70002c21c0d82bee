package chatops.front.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.command.Command;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.form.FormField;
import chatops.chat.form.FormField.Kind;
import chatops.chat.form.TemplateForm;
import chatops.chat.form.TemplateForms;
import chatops.chat.handover.HandOver;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.front.FrontBench;
import com.google.gson.Gson;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that lack something, asked for in modals: what is opened, what is sent back, what is said where nothing opens. */
class SlackFormTest {
  private static final String SECRET = "planted-s3cret-value";
  private static final String RATE =
      "{\"Mode\":\"Concurrency\",\"Concurrency\":10,\"MaxErrors\":0}";
  private static final TemplateForm FORM = new TemplateForm(
      "ECS-Deploy",
      Map.of(Language.EN, "Deploys a package", Language.ZH, "部署软件包"),
      List.of(
          FormField.of("targets", Kind.TARGETS, true, Map.of()),
          made("package", Kind.TEXT, true, "", List.of(), "[a-z][a-z0-9-]*", null),
          secret("token"),
          made("count", Kind.NUMBER, false, "", List.of(), "", BigDecimal.TEN),
          made("mode", Kind.TEXT, false, "", List.of("fast", "safe"), "", null),
          FormField.of("hosts", Kind.LIST, false, Map.of()),
          made("rateControl", Kind.RATE, false, RATE, List.of(), "", null),
          FormField.of("regionId", Kind.REGION, false, Map.of())));
  private static final Gson GSON = GsonFactory.createSnakeCase();

  @TempDir
  Path folder = Path.of("");

  private SlackPeer slack = new SlackPeer();
  private FrontBench front = new FrontBench(Path.of("target"));

  @BeforeEach
  void start() throws IOException {
    front = bench(slack.environment());
  }

  private FrontBench bench(Map<String, String> more) throws IOException {
    Path forms = folder.resolve("forms.txt");
    Files.write(
        forms,
        TemplateForms.write(List.of(FORM, new TemplateForm("ECS-Bare", Map.of(), List.of()))));
    Map<String, String> environment = new LinkedHashMap<>(more);
    environment.put("CHATOPS_FORMS", forms.toString());
    return new FrontBench(folder, FrontBench.RIGHTS, environment);
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void a_run_that_lacks_parameters_opens_a_form_with_what_was_given() {
    FrontBench.Answer answer =
        oos("run ECS-Deploy targets=name:web-* count=3 token=" + SECRET + " mode=fast");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(front.execution.messages).isEmpty();
    JsonObject call = slack.requests("/api/views.open").get(0);
    assertThat(call.text("trigger_id")).isEqualTo("1.2.3");
    assertThat(slack.tokens("/api/views.open")).containsExactly("Bearer " + SlackPeer.TOKEN);
    View view = view(call);
    assertThat(inputs(view))
        .containsExactly(
            "p:targets",
            "p:package",
            "p:token",
            "p:count",
            "p:mode",
            "p:regionId",
            "p:hosts",
            "p:rateControl");
    String text = JsonWriter.write(call.value("view"));
    assertThat(text)
        .contains("/oos run ECS-Deploy", "Deploys a package")
        .contains("\"initial_value\":\"name:web-*\"", "\"initial_value\":\"3\"")
        .contains("\"initial_value\":\"10\"")
        .doesNotContain(SECRET);
  }

  @Test
  void a_value_that_cannot_be_right_is_named_in_the_form() {
    oos("run ECS-Deploy targets=web package=UPPER token=x count=99 nmae=1");

    String text = JsonWriter.write(slack.requests("/api/views.open").get(0).value("view"));
    assertThat(text)
        .contains("targets: Instances are expected")
        .contains("package: It must match [a-z]")
        .contains("count: 10 is the largest number allowed")
        .contains("The template has no parameter \\\"nmae\\\"")
        .doesNotContain("token: A value");
  }

  @Test
  void a_run_that_lacks_nothing_is_handed_over_and_opens_nothing() {
    FrontBench.Answer answer = oos("run ECS-Deploy targets=i-1 package=nginx token=" + SECRET);

    assertThat(answer.json().text("text")).contains("Accepted");
    assertThat(run().command().arguments())
        .containsExactly("ECS-Deploy", "targets=i-1", "package=nginx", "token=" + SECRET);
    assertThat(run().dialog()).isEmpty();
    assertThat(slack.requests("/api/views.open")).isEmpty();
  }

  @Test
  void no_parameter_is_readable_in_what_is_handed_over_or_logged() {
    FrontBench.Answer answer = oos("run ECS-Deploy targets=i-1 package=nginx token=" + SECRET);

    assertThat(front.execution.raw.get(0))
        .contains("\"type\":\"sealed\"")
        .doesNotContain(SECRET)
        .doesNotContain("nginx");
    assertThat(front.log).noneMatch(line -> line.contains(SECRET));
    assertThat(answer.body()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired_trigger_id", "invalid_auth", "missing_scope", "ratelimited"})
  void where_no_form_opens_the_answer_says_what_is_missing_and_the_whole_command(String error) {
    slack.answers("/api/views.open", SlackPeer.refusal(error));

    FrontBench.Answer answer = oos("run ECS-Deploy targets=i-1 token=" + SECRET + " count=99");

    assertThat(answer.json().text("text"))
        .contains("/oos run ECS-Deploy")
        .contains("package: A value is needed.")
        .contains("count: 10 is the largest number allowed.")
        .contains(
            "Like this: /oos run ECS-Deploy targets=i-1 package=&lt;text&gt; token=… count=&lt;number&gt;")
        .doesNotContain(SECRET);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void without_a_bot_token_nothing_is_asked_of_slack() throws IOException {
    front = bench(Map.of());

    assertThat(oos("run ECS-Deploy").json().text("text")).contains("targets: A value is needed");
    assertThat(oos("run").json().text("text")).contains("needs more to go on");
    assertThat(SlackCalls.say(front, "start").json().text("text")).contains("needs more to go on");
    assertThat(slack.requests("/api/views.open")).isEmpty();
  }

  @Test
  void a_slack_that_does_not_answer_costs_no_more_than_the_time_there_is() {
    slack.answers("/api/views.open", okJson("{\"ok\":true}").withFixedDelay(8000));

    assertThat(oos("run ECS-Deploy").json().text("text")).contains("A value is needed");
  }

  @Test
  void a_form_that_was_filled_in_is_handed_over_with_the_first_commands_address() {
    String context = opened("run ECS-Deploy --region cn-hangzhou");

    FrontBench.Answer answer = submit(
        context,
        "V1",
        Map.of(
            "targets", text("i-1, i-2"),
            "package", text("nginx"),
            "token", text(SECRET),
            "count", text("3"),
            "mode", chosen("safe"),
            "hosts", text("a\nb c\n"),
            "rateControl", text("10"),
            "regionId", chosen("cn-hangzhou")));

    assertThat(answer.json().text("response_action")).isEqualTo("update");
    assertThat(JsonWriter.write(answer.json().value("view")))
        .contains("Accepted: /oos run ECS-Deploy")
        .contains(run().executionId())
        .doesNotContain(SECRET);
    assertThat(run().command())
        .isEqualTo(new Command(
            "oos",
            "run",
            List.of(
                "ECS-Deploy",
                "targets={\"Type\":\"ResourceIds\",\"RegionId\":\"cn-hangzhou\",\"ResourceIds\":[\"i-1\",\"i-2\"]}",
                "package=nginx",
                "token=" + SECRET,
                "count=3",
                "mode=safe",
                "hosts=[\"a\",\"b c\"]",
                "regionId=cn-hangzhou"),
            Map.of()));
    assertThat(run().place().channel()).isEqualTo("C1");
    assertThat(
            front.seal.open(run().reply(), run().executionId(), Platform.SLACK).url())
        .isEqualTo("https://hooks.slack.com/commands/T0001/1/secret-path");
    assertThat(context).doesNotContain("secret-path");
    assertThat(front.execution.raw.get(0)).doesNotContain(SECRET);
    assertThat(front.log).noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void what_is_wrong_stands_beside_its_input() {
    String context = opened("run ECS-Deploy");

    FrontBench.Answer answer = submit(
        context,
        "V1",
        Map.of(
            "targets", text("web-1"),
            "package", text("Nginx!"),
            "count", text("many"),
            "hosts", text("[1")));

    assertThat(answer.json().text("response_action")).isEqualTo("errors");
    assertThat(answer.json().textMap("errors").keySet())
        .containsExactly("p:targets", "p:package", "p:token", "p:count", "p:hosts");
    assertThat(answer.json().textMap("errors").get("p:token")).isEqualTo("A value is needed.");
    assertThat(front.execution.messages).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN,UNKNOWN,No answer came in time",
    "REJECTED,REJECTED,It did not arrive",
    "THROTTLED,THROTTLED,It did not arrive"
  })
  void a_form_that_did_not_arrive_stays_and_sent_again_it_carries_the_same_ids(
      Receipt first, Receipt second, String told) {
    String context = opened("run ECS-Deploy");
    Map<String, Object> values =
        Map.of("targets", text("i-1"), "package", text("nginx"), "token", text("x"));
    front.execution.receipts.add(first);
    front.execution.receipts.add(second);

    FrontBench.Answer lost = submit(context, "V1", values);
    front.execution.receipts.clear();
    front.clock.advance(Duration.ofSeconds(2));
    FrontBench.Answer arrived = submit(context, "V1", values);

    assertThat(lost.json().textMap("errors").get("p:targets")).startsWith(told);
    assertThat(arrived.json().text("response_action")).isEqualTo("update");
    assertThat(front.execution.messages.stream()
            .map(m -> ((HandOver.Run) m).executionId())
            .distinct())
        .hasSize(1);
    assertThat(front.execution.taskIds.stream().distinct()).hasSize(1);
  }

  @Test
  void who_may_not_run_it_is_told_in_the_window() {
    String context = opened("run ECS-Deploy");

    FrontBench.Answer answer = submitAs(
        "U9",
        context,
        "V1",
        Map.of("targets", text("i-1"), "package", text("nginx"), "token", text("x")));

    assertThat(JsonWriter.write(answer.json().value("view"))).contains("Not allowed");
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void who_may_not_run_it_sees_no_form() {
    assertThat(SlackCalls.say(front, "run ECS-Deploy", "command", "/oos", "user_id", "U9")
            .json()
            .text("text"))
        .contains("Not allowed");
    assertThat(oos("run Other-Template").json().text("text"))
        .contains("may not run the template Other-Template");
    assertThat(slack.requests("/api/views.open")).isEmpty();
  }

  @Test
  void a_command_on_instances_without_targets_asks_for_them() {
    FrontBench.Answer answer = SlackCalls.say(front, "start --region cn-hangzhou");

    assertThat(answer.body()).isEmpty();
    JsonObject call = slack.requests("/api/views.open").get(0);
    assertThat(inputs(view(call))).containsExactly("p:targets", "p:regionId");
    submit(
        metadata(call),
        "V1",
        Map.of("targets", text("name:web-*  tag:env=staging"), "regionId", chosen("cn-hangzhou")));
    assertThat(run().command())
        .isEqualTo(new Command(
            "ecs",
            "start",
            List.of("name:web-*", "tag:env=staging"),
            Map.of("region", "cn-hangzhou")));
  }

  @Test
  void targets_that_name_nothing_are_refused_beside_the_input() {
    SlackCalls.say(front, "start");
    String context = metadata(slack.requests("/api/views.open").get(0));

    for (String typed : List.of("web-1", ",", "  ", "tag:env", "all")) {
      FrontBench.Answer answer = submit(context, "V" + typed, Map.of("targets", text(typed)));
      assertThat(answer.json().textMap("errors")).as(typed).containsKey("p:targets");
    }
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void a_run_without_a_template_asks_which_and_then_for_its_parameters() {
    oos("run");
    JsonObject call = slack.requests("/api/views.open").get(0);
    assertThat(JsonWriter.write(call.value("view"))).contains("ECS-Bare", "ECS-Deploy");

    FrontBench.Answer form = choose(metadata(call), "V1", "ECS-Deploy", "");

    assertThat(form.json().text("response_action")).isEqualTo("update");
    View view = GSON.fromJson(JsonWriter.write(form.json().value("view")), View.class);
    assertThat(view.getCallbackId()).isEqualTo("chatops-form");
    submit(
        view.getPrivateMetadata(),
        "V1",
        Map.of("targets", text("i-1"), "package", text("nginx"), "token", text("x")));
    assertThat(run().command().arguments().get(0)).isEqualTo("ECS-Deploy");
  }

  @Test
  void a_choice_of_nothing_is_refused_beside_the_input() {
    oos("run");
    String context = metadata(slack.requests("/api/views.open").get(0));

    assertThat(choose(context, "V1", "", "  ").json().textMap("errors")).containsKey("other");
  }

  @Test
  void a_template_that_only_execution_knows_waits_in_a_window_that_execution_fills() {
    FrontBench.Answer answer = oos("run ECS-Custom");

    assertThat(answer.json().text("text")).contains("Accepted: /oos run ECS-Custom");
    JsonObject call = slack.requests("/api/views.open").get(0);
    JsonObject view = call.object("view");
    assertThat(run().dialog()).isEqualTo("external:" + view.text("external_id"));
    assertThat(JsonWriter.write(call.value("view"))).contains("Reading the template ECS-Custom");

    oos("run ECS-Custom a=1");
    assertThat(slack.requests("/api/views.open")).hasSize(1);
  }

  @Test
  void no_window_opens_for_a_hand_over_that_did_not_arrive() {
    front.execution.receipts.add(Receipt.REJECTED);

    assertThat(oos("run ECS-Custom").json().text("text")).contains("Not accepted");
    assertThat(slack.requests("/api/views.open")).isEmpty();
  }

  @Test
  void the_form_that_execution_made_is_checked_by_execution() {
    oos("run ECS-Custom");
    String context = metadata(slack.requests("/api/views.open").get(0));

    FrontBench.Answer answer =
        submit(context, "V7", Map.of("anything", text("x y"), "empty", text("")));

    HandOver.Run second = (HandOver.Run) front.execution.messages.get(1);
    assertThat(second.dialog()).isEqualTo("view:V7");
    assertThat(second.command().arguments()).containsExactly("ECS-Custom", "anything=x y");
    assertThat(answer.json().text("response_action")).isEqualTo("update");
    assertThat(JsonWriter.write(answer.json().value("view"))).contains("Reading the template");
  }

  @Test
  void a_shortcut_asks_for_channel_and_template_and_answers_there() {
    FrontBench.Answer answer = interact("""
        {"type":"shortcut","callback_id":"run_template","trigger_id":"5.5","api_app_id":"A123456","action_ts":"1.1",
         "user":{"id":"U1","username":"ann","team_id":"T0001"},"team":{"id":"T0001"},"enterprise":null}
        """);

    assertThat(answer.status()).isEqualTo(200);
    JsonObject call = slack.requests("/api/views.open").get(0);
    assertThat(call.text("trigger_id")).isEqualTo("5.5");
    assertThat(inputs(view(call))).containsExactly("channel", "template", "other");

    FrontBench.Answer form = choose(metadata(call), "V1", "ECS-Deploy", "", "C1");
    String context = form.json().object("view").text("private_metadata");
    submit(
        context,
        "V1",
        Map.of("targets", text("i-1"), "package", text("nginx"), "token", text("x")));

    assertThat(run().place().channel()).isEqualTo("C1");
    assertThat(
            front.seal.open(run().reply(), run().executionId(), Platform.SLACK).url())
        .isEqualTo("https://hooks.slack.com/app/T0001/9/zz");
  }

  @Test
  void a_channel_where_it_is_not_allowed_is_told() {
    String context = metadata(shortcut());

    FrontBench.Answer answer = choose(context, "V1", "ECS-Deploy", "", "C9");

    assertThat(JsonWriter.write(answer.json().value("view")))
        .contains("not in this channel (slack:T0001/C9)");
  }

  @Test
  void a_shortcut_on_a_message_shows_its_execution() {
    interact(onMessage("exec-bdmr5nnzuzvvffc7mxsyj5bp3y"));

    assertThat(run().command())
        .isEqualTo(
            new Command("oos", "show", List.of("exec-bdmr5nnzuzvvffc7mxsyj5bp3y"), Map.of()));
    assertThat(slack.requests("/actions/T0001/1/abc").get(0).text("text")).contains("Accepted");
  }

  @Test
  void a_shortcut_on_a_message_about_nothing_says_so() {
    interact(onMessage("exec-short"));

    assertThat(slack.requests("/actions/T0001/1/abc").get(0).text("text"))
        .contains("needs more to go on");
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void a_stranger_is_told_in_a_window_and_starts_nothing() {
    interact("""
        {"type":"shortcut","callback_id":"run_template","trigger_id":"5.5","api_app_id":"A123456",
         "user":{"id":"U1","team_id":"T0666"},"team":{"id":"T0666"}}
        """);

    assertThat(JsonWriter.write(slack.requests("/api/views.open").get(0).value("view")))
        .contains("T0666")
        .doesNotContain("ECS-Deploy");
  }

  @Test
  void more_templates_than_a_select_takes_are_found_while_the_person_types() throws IOException {
    List<TemplateForm> many = IntStream.range(0, 250)
        .mapToObj(i -> new TemplateForm("ECS-T" + i, Map.of(), List.of()))
        .toList();
    front = bench(slack.environment());
    Files.write(folder.resolve("forms.txt"), TemplateForms.write(many));
    oos("run");
    JsonObject call = slack.requests("/api/views.open").get(0);
    assertThat(JsonWriter.write(call.value("view"))).contains("external_select");

    FrontBench.Answer answer = interact(JsonWriter.write(Map.of(
        "type", "block_suggestion",
        "api_app_id", "A123456",
        "user", Map.of("id", "U1", "team_id", "T0001"),
        "team", Map.of("id", "T0001"),
        "block_id", "template",
        "action_id", "v",
        "value", "t24",
        "view", Map.of("private_metadata", metadata(call)))));

    assertThat(answer.json().objects("options").stream().map(o -> o.text("value")))
        .containsExactlyInAnyOrder(
            "ECS-T24",
            "ECS-T240",
            "ECS-T241",
            "ECS-T242",
            "ECS-T243",
            "ECS-T244",
            "ECS-T245",
            "ECS-T246",
            "ECS-T247",
            "ECS-T248",
            "ECS-T249");
  }

  @Test
  void the_form_of_a_template_with_too_many_parameters_stays_within_the_limits()
      throws IOException {
    List<FormField> fields = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      fields.add(made("p" + i, Kind.TEXT, i > 140, "x".repeat(4000), List.of(), "", null));
    }
    front = bench(slack.environment());
    Files.write(
        folder.resolve("forms.txt"),
        TemplateForms.write(List.of(
            new TemplateForm("ECS-Wide", Map.of(Language.EN, "<&>".repeat(3000)), fields))));

    oos("run ECS-Wide");

    View view = view(slack.requests("/api/views.open").get(0));
    assertThat(view.getBlocks().size()).isLessThanOrEqualTo(100);
    assertThat(inputs(view).subList(0, 9)).allMatch(id -> id.startsWith("p:p14"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"v\":2}", "[]", "garbage", "{\"v\":1,\"command\":\"x\"}"})
  void a_window_of_another_version_is_explained(String context) {
    FrontBench.Answer answer = submit(context, "V1", Map.of("targets", text("i-1")));

    assertThat(JsonWriter.write(answer.json().value("view"))).contains("no longer know");
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void closed_views_and_views_that_ask_nothing_are_acknowledged() {
    assertThat(interact(
                "{\"type\":\"view_closed\",\"api_app_id\":\"A123456\",\"view\":{\"id\":\"V1\"}}")
            .status())
        .isEqualTo(200);
    assertThat(interact(
                "{\"type\":\"view_submission\",\"api_app_id\":\"A123456\",\"user\":{\"id\":\"U1\"},\"view\":{\"id\":\"V1\",\"callback_id\":\"chatops-said\"}}")
            .body())
        .isEmpty();
  }

  @Test
  void everything_is_in_the_language_of_the_person() throws IOException {
    String rights = FrontBench.RIGHTS.replace(
        "\"people\":{", "\"people\":{\"slack:T0001/U1\":{\"language\":\"zh\"},");
    Path forms = folder.resolve("forms.txt");
    Map<String, String> environment = new LinkedHashMap<>(slack.environment());
    environment.put("CHATOPS_FORMS", forms.toString());
    front = new FrontBench(folder, rights, environment);

    oos("run ECS-Deploy count=99");

    assertThat(JsonWriter.write(slack.requests("/api/views.open").get(0).value("view")))
        .contains("部署软件包", "最大为 10", "执行");
  }

  private JsonObject shortcut() {
    interact("""
        {"type":"shortcut","callback_id":"run_template","trigger_id":"5.5","api_app_id":"A123456",
         "user":{"id":"U1","username":"ann","team_id":"T0001"},"team":{"id":"T0001"}}
        """);
    return slack.requests("/api/views.open").get(0);
  }

  private String onMessage(String id) {
    return """
        {"type":"message_action","callback_id":"show_execution","trigger_id":"5.6","api_app_id":"A123456",
         "user":{"id":"U1","username":"ann","team_id":"T0001"},"team":{"id":"T0001"},"channel":{"id":"C1"},
         "response_url":"%s","message":{"ts":"1.1","text":"done","blocks":[{"type":"context","elements":[{"text":"Execution %s."}]}]}}
        """.formatted(slack.responseUrl(), id);
  }

  private FrontBench.Answer oos(String text) {
    return SlackCalls.say(front, text, "command", "/oos");
  }

  private HandOver.Run run() {
    return (HandOver.Run) front.execution.messages.get(0);
  }

  private String opened(String command) {
    oos(command);
    return metadata(slack.requests("/api/views.open").get(0));
  }

  private static String metadata(JsonObject call) {
    return call.object("view").text("private_metadata");
  }

  private FrontBench.Answer submit(String context, String window, Map<String, Object> values) {
    return submitAs("U1", context, window, values);
  }

  private FrontBench.Answer submitAs(
      String user, String context, String window, Map<String, Object> values) {
    Map<String, Object> blocks = new LinkedHashMap<>();
    values.forEach((name, value) -> blocks.put("p:" + name, Map.of("v", value)));
    return send(user, "chatops-form", context, window, blocks, "");
  }

  private FrontBench.Answer choose(String context, String window, String template, String other) {
    return choose(context, window, template, other, "");
  }

  private FrontBench.Answer choose(
      String context, String window, String template, String other, String channel) {
    Map<String, Object> blocks = new LinkedHashMap<>();
    blocks.put("template", Map.of("v", template.isEmpty() ? nothing() : chosen(template)));
    blocks.put("other", Map.of("v", text(other)));
    if (!channel.isEmpty()) {
      blocks.put(
          "channel",
          Map.of("v", Map.of("type", "conversations_select", "selected_conversation", channel)));
    }
    return send("U1", "chatops-choice", context, window, blocks, channel);
  }

  private FrontBench.Answer send(
      String user,
      String callback,
      String context,
      String window,
      Map<String, Object> blocks,
      String channel) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", window);
    view.put("hash", "156772938.1827394");
    view.put("callback_id", callback);
    view.put("private_metadata", context);
    view.put("state", Map.of("values", blocks));
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("type", "view_submission");
    payload.put("api_app_id", "A123456");
    payload.put("trigger_id", "6.6");
    payload.put("user", Map.of("id", user, "username", "ann", "team_id", "T0001"));
    payload.put("team", Map.of("id", "T0001"));
    payload.put("view", view);
    payload.put(
        "response_urls",
        channel.isEmpty()
            ? List.of()
            : List.of(Map.of(
                "channel_id", channel, "response_url", "https://hooks.slack.com/app/T0001/9/zz")));
    return interact(JsonWriter.write(payload));
  }

  private FrontBench.Answer interact(String payload) {
    return SlackCalls.post(
        front,
        "/slack/interactive",
        "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
  }

  private static Map<String, Object> text(String typed) {
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    value.put("type", "plain_text_input");
    value.put("value", typed.isEmpty() ? null : typed);
    @SuppressWarnings({"unchecked", "NullAway"})
    Map<String, Object> same = (Map<String, Object>) (Map<String, ?>) value;
    return same;
  }

  private static Map<String, Object> chosen(String value) {
    return Map.of("type", "static_select", "selected_option", Map.of("value", value));
  }

  private static Map<String, Object> nothing() {
    return Map.of("type", "static_select");
  }

  /** As Slack's own model reads it. */
  private static View view(JsonObject call) {
    View view = GSON.fromJson(JsonWriter.write(call.value("view")), View.class);
    assertThat(view.getType()).isEqualTo("modal");
    assertThat(view.getTitle().getText().length()).isBetween(1, 24);
    assertThat(view.getPrivateMetadata().length()).isLessThanOrEqualTo(3000);
    assertThat(JsonReader.read(JsonWriter.write(call.value("view")))).isNotNull();
    return view;
  }

  private static List<String> inputs(View view) {
    return view.getBlocks().stream()
        .filter(InputBlock.class::isInstance)
        .map(block -> ((InputBlock) block).getBlockId())
        .toList();
  }

  private static FormField made(
      String name,
      Kind kind,
      boolean required,
      String initial,
      List<String> choices,
      String pattern,
      @Nullable BigDecimal max) {
    return new FormField(
        name, kind, required, false, Map.of(), Map.of(), initial, false, choices, pattern, null,
        null, null, max, Map.of());
  }

  private static FormField secret(String name) {
    return new FormField(
        name, Kind.TEXT, true, true, Map.of(), Map.of(), "", false, List.of(), "", null, null, null,
        null, Map.of());
  }
}
