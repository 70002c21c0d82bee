package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.QuestionView;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.ecs.InstanceSpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A reboot whose answer is lost: people answer by every door, and one answer counts. */
class OutcomeUnknownTest {
  private static final Principal BEARER = new Principal(Platform.WEB, "", "bearer", "");

  @RegisterExtension
  final Account account = Account.deployed();

  private HandOver.Run reboot;
  private ApprovalRef question;

  @BeforeEach
  void lose_the_answer_of_a_reboot() throws IOException {
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    account.cloud.faults().next(1, "Ecs", "RebootInstance", new Fault.LostReply());
    reboot = account.command(Account.ANN, Language.EN, "ecs", "reboot", id);
    account.send(reboot);
    question = ApprovalRef.parse(button(account.answers(reboot).get(0), "skip"));
  }

  @Test
  void the_message_says_what_was_called_where_to_look_and_what_each_answer_does()
      throws IOException {
    String asked = account.answers(reboot).get(0).toString();

    assertThat(question.executionId()).isEqualTo(reboot.executionId());
    assertThat(asked)
        .contains("RebootInstance", "Sent at", "DescribeInstances", "StartTime")
        .contains("it did not happen", "it did happen", "the task fails")
        .contains("https://front.example.com/questions/");
    assertThat(List.of(button(account.answers(reboot).get(0), "retry"), question.toString()))
        .containsOnly(question.toString());
  }

  @Test
  void skip_by_command_goes_on_to_success_and_calls_nothing_again() throws IOException {
    HandOver.Run skip =
        account.command(Account.ANN, Language.EN, "oos", "skip", reboot.executionId());

    account.send(skip);

    assertThat(account.answers(skip).get(0).toString())
        .contains("taken as done")
        .contains("ann");
    assertThat(last(account.answers(reboot))).contains("done").contains(reboot.executionId());
    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).hasSize(1);
  }

  @Test
  void stop_by_command_naming_the_question_fails_the_task() throws IOException {
    account.send(account.command(
        Account.ANN, Language.EN, "oos", "stop", reboot.executionId(), question.approvalId()));

    assertThat(last(account.answers(reboot))).contains("failed").contains("stopped by");
  }

  @Test
  void a_button_answers_and_takes_the_place_of_the_question() throws IOException {
    account.send(press(Account.ANN, "skip"));

    JsonNode told = account.posts("/press/" + reboot.executionId()).get(0);
    assertThat(told.path("replace_original").asBoolean()).isTrue();
    assertThat(told.toString()).contains("taken as done");
    assertThat(last(account.answers(reboot))).contains("done");
  }

  @Test
  void a_retry_that_comes_too_early_is_refused_and_says_when() throws IOException {
    HandOver.Run retry =
        account.command(Account.ANN, Language.EN, "oos", "retry", reboot.executionId());

    account.send(retry);

    assertThat(account.answers(retry).get(0).toString())
        .contains("Too early: until")
        .contains("UTC");
    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).hasSize(1);
    assertThat(view().answer()).isEmpty();
  }

  @Test
  void the_first_answer_counts_and_the_second_is_told_so() throws IOException {
    account.send(press(Account.ANN, "stop"));
    HandOver.Run skip = account.command(
        Account.ANN, Language.EN, "oos", "skip", reboot.executionId(), question.approvalId());

    account.send(skip);

    assertThat(account.answers(skip).get(0).toString()).contains("already answered: Stop");
    assertThat(view().answer()).isEqualTo("stop");
  }

  @Test
  void who_has_no_right_to_the_word_may_not_answer() throws IOException {
    account.send(press(Account.BOB, "skip"));
    HandOver.Run skip =
        account.command(Account.BOB, Language.EN, "oos", "skip", reboot.executionId());
    account.send(skip);

    assertThat(account.posts("/press/" + reboot.executionId()).toString()).contains("Not allowed");
    assertThat(account.answers(skip).get(0).toString()).contains("Not allowed");
    assertThat(view().answer()).isEmpty();
  }

  @Test
  void the_links_page_shows_the_call_and_answers_it() throws Exception {
    QuestionView asked = view();
    JsonNode after = account.send(answer(BEARER, "skip", ""));

    assertThat(asked.answerable()).isTrue();
    assertThat(asked.call()).contains("RebootInstance");
    assertThat(after.path("answer").asText()).isEqualTo("skip");
    Eventually.is(() -> last(account.answers(reboot)).contains("done"));
  }

  @Test
  void show_names_the_open_question_and_a_wrong_name_is_told() throws IOException {
    HandOver.Run show =
        account.command(Account.ANN, Language.EN, "oos", "show", reboot.executionId());
    HandOver.Run wrong =
        account.command(Account.ANN, Language.EN, "oos", "skip", reboot.executionId(), "oqnone");
    account.send(show);
    account.send(wrong);

    assertThat(account.answers(show).get(0).toString()).contains(question.approvalId());
    assertThat(account.answers(wrong).get(0).toString()).contains("no task 'oqnone'");
  }

  @Test
  void buttons_of_the_question_are_dead_for_everybody_once_another_door_answered()
      throws IOException {
    account.withSlack();
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    account.cloud.faults().next(1, "Ecs", "RebootInstance", new Fault.LostReply());
    reboot = account.command(Account.ANN, Language.EN, "ecs", "reboot", id);
    account.send(reboot);
    assertThat(messages()).anyMatch(text -> text.contains("\"skip\""));

    account.send(account.command(Account.ANN, Language.EN, "oos", "skip", reboot.executionId()));

    assertThat(messages()).noneMatch(text -> text.contains("\"skip\""));
    assertThat(messages())
        .anyMatch(text -> text.contains("taken as done, by decision of slack:T0001/U0001"));
  }

  @Test
  void buttons_of_a_question_that_nobody_answered_die_with_its_execution() throws IOException {
    account.withSlack();
    String id = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
    account.cloud.faults().next(1, "Ecs", "RebootInstance", new Fault.LostReply());
    reboot = account.command(Account.ANN, Language.EN, "ecs", "reboot", id);
    account.send(reboot);

    account.send(account.command(Account.ANN, Language.EN, "oos", "cancel", reboot.executionId()));

    assertThat(messages()).noneMatch(text -> text.contains("\"skip\""));
    assertThat(messages()).anyMatch(text -> text.contains("no longer to be answered"));
  }

  @Test
  void a_button_that_could_not_be_taken_away_goes_when_it_is_pressed_again() throws IOException {
    account.send(press(Account.ANN, "stop"));

    account.send(press(Account.ANN, "skip"));

    JsonNode told = last(account, "/press/" + reboot.executionId());
    assertThat(told.path("replace_original").asBoolean()).isTrue();
    assertThat(told.toString()).contains("already answered: Stop");
  }

  private static JsonNode last(Account account, String path) throws IOException {
    List<JsonNode> posts = account.posts(path);
    return posts.get(posts.size() - 1);
  }

  /** What stands in the channel. */
  private List<String> messages() {
    return account.cloud.slack().channels().messages("C0001").stream()
        .map(message -> message.json().toString())
        .toList();
  }

  private QuestionView view() throws IOException {
    JsonNode json = account.send(new HandOver.Ask(
        "question", reboot.executionId(), question.approvalId(), BEARER, Language.EN));
    return QuestionView.fromJson(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private HandOver.Answer press(Principal person, String word) {
    return answer(
        person, word, account.seal(reboot.executionId(), "/press/" + reboot.executionId(), true));
  }

  private HandOver.Answer answer(Principal person, String word, String reply) {
    EventKey key = new EventKey(Platform.SLACK, "T0001", "press." + word + person.user());
    return new HandOver.Answer(
        key.decisionId(),
        reboot.executionId(),
        question.approvalId(),
        word,
        person,
        Account.CHANNEL,
        Language.EN,
        Instant.parse("2026-01-01T00:00:00Z"),
        reply,
        null);
  }

  private static String last(List<JsonNode> answers) {
    return answers.get(answers.size() - 1).toString();
  }

  private static String button(JsonNode message, String action) {
    for (JsonNode block : message.path("blocks")) {
      for (JsonNode element : block.path("elements")) {
        if (element.path("action_id").asText().equals(action)) {
          return element.path("value").asText();
        }
      }
    }
    throw new AssertionError("no button " + action + " in " + message);
  }
}
