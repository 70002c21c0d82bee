package chatops.execution;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.command.Command;
import chatops.chat.form.FormContext;
import chatops.chat.handover.HandOver;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Windows that wait on people's screens for templates that only Execution knows. */
class WindowTest {
  private static final String SECRET = "planted-s3cret-value";
  private static final String UPDATE = "/api/views.update";
  private static final String TEMPLATE = """
      FormatVersion: OOS-2019-06-01
      Description: {en: Naps for a while}
      Parameters:
        seconds: {Type: Number, MinValue: 0, MaxValue: 5}
        machines: {Type: Json, AssociationProperty: Targets}
        password: {Type: String, NoEcho: true}
        note: {Type: String, Default: ''}
      Tasks:
        - {Name: nap, Action: ACS::Sleep, Properties: {Duration: PT0S}}
      """;

  @RegisterExtension
  final Account account = Account.deployed(Map.of("Our-Nap.yml", TEMPLATE));

  @BeforeEach
  void deploy() {
    account.withBot();
  }

  @Test
  void a_window_that_waits_is_filled_with_what_the_template_asks_for() throws IOException {
    HandOver.Run run = run("external:w_1", "Our-Nap");

    account.send(run);

    JsonNode call = account.posts(UPDATE).get(0);
    assertThat(call.path("external_id").asText()).isEqualTo("w_1");
    assertThat(call.path("view").toString())
        .contains("Naps for a while", "p:seconds", "p:machines", "p:password", "p:note")
        .doesNotContain("A value is needed");
    FormContext context = Objects.requireNonNull(
        FormContext.read(call.at("/view/private_metadata").asText()));
    assertThat(context.template()).isEqualTo("Our-Nap");
    assertThat(context.channel()).isEqualTo("C0001");
    assertThat(account.answers(run)).isEmpty();
  }

  @Test
  void a_window_that_opens_a_moment_later_is_found() throws IOException {
    account.peer.stubFor(any(urlPathEqualTo(UPDATE))
        .inScenario("late")
        .whenScenarioStateIs(Scenario.STARTED)
        .willReturn(okJson("{\"ok\":false,\"error\":\"not_found\"}"))
        .willSetStateTo("open"));
    account.peer.stubFor(any(urlPathEqualTo(UPDATE))
        .inScenario("late")
        .whenScenarioStateIs("open")
        .willReturn(okJson("{\"ok\":true}")));
    HandOver.Run run = run("external:w_1", "Our-Nap");

    account.send(run);

    assertThat(account.posts(UPDATE)).hasSize(2);
    assertThat(account.answers(run)).isEmpty();
  }

  @Test
  void where_there_is_no_window_the_answer_says_what_is_missing_and_the_whole_command()
      throws IOException {
    account.peer.stubFor(any(urlPathEqualTo(UPDATE))
        .willReturn(okJson("{\"ok\":false,\"error\":\"view_not_found\"}")));
    HandOver.Run run = run("external:w_1", "Our-Nap", "seconds=9", "password=" + SECRET);

    account.send(run);

    assertThat(told())
        .contains("seconds: 5 is the largest number allowed.", "machines: A value is needed.")
        .contains(
            "Like this: /oos run Our-Nap seconds=&lt;number&gt; machines=&lt;i-…,i-…&gt; password=…")
        .contains(run.executionId())
        .doesNotContain(SECRET);
  }

  @Test
  void a_form_that_was_sent_runs_with_the_values_turned_and_the_window_says_so()
      throws IOException {
    HandOver.Run run =
        run("view:V7", "Our-Nap", "seconds=0", "machines=name:web-*", "password=" + SECRET);

    account.send(run);

    JsonNode call = account.posts(UPDATE).get(0);
    assertThat(call.path("view_id").asText()).isEqualTo("V7");
    assertThat(call.toString()).contains("Started: Our-Nap").contains(run.executionId());
    HandOver.Run show = account.command(Account.ANN, Language.EN, "oos", "show", run.executionId());
    account.send(show);
    assertThat(told()).contains("Our-Nap: Success");
  }

  @Test
  void what_is_wrong_in_a_form_stands_in_the_window_with_the_values_but_no_secret()
      throws IOException {
    HandOver.Run run = run(
        "view:V7", "Our-Nap", "seconds=many", "machines=web", "password=" + SECRET, "note=keep");

    account.send(run);

    String view = account.posts(UPDATE).get(0).path("view").toString();
    assertThat(view)
        .contains("seconds: A number is expected.", "machines: Instances are expected")
        .contains("\"initial_value\":\"keep\"")
        .doesNotContain(SECRET);
    assertThat(account.answers(run)).isEmpty();
  }

  @Test
  void refusals_and_unknown_templates_are_told_in_the_window() throws IOException {
    HandOver.Run unknown = run("external:w_1", "Our-Npa");
    HandOver.Run denied = new HandOver.Run(
        unknown.executionId().replace('a', 'b'),
        Account.BOB,
        unknown.place(),
        unknown.command(),
        Language.ZH,
        unknown.receivedAt(),
        "",
        "",
        null,
        "external:w_2");

    account.send(unknown);
    account.send(denied);

    assertThat(account.posts(UPDATE).get(0).toString())
        .contains("There is no template 'Our-Npa'", "Did you mean Our-Nap?");
    assertThat(account.posts(UPDATE).get(1).toString()).contains("slack:T0001/U0002");
  }

  @Test
  void a_parameter_of_any_name_takes_targets_in_words() throws IOException {
    HandOver.Run run = run("", "Our-Nap", "seconds=0", "machines=tag:a=b", "password=" + SECRET);

    account.send(run);

    HandOver.Run show = account.command(Account.ANN, Language.EN, "oos", "show", run.executionId());
    account.send(show);
    assertThat(told()).contains("Our-Nap: Success");
  }

  /** What the person was told last, and nobody else. */
  private String told() throws IOException {
    List<JsonNode> answers = account.posts("/api/chat.postEphemeral");
    return answers.get(answers.size() - 1).toString();
  }

  private HandOver.Run run(String dialog, String... words) {
    HandOver.Run run = account.command(Account.ANN, Language.EN, "oos", "run", words);
    return new HandOver.Run(
        run.executionId(),
        run.principal(),
        run.place(),
        new Command("oos", "run", List.of(words), Map.of()),
        run.language(),
        run.receivedAt(),
        "",
        run.reply(),
        null,
        dialog);
  }
}
