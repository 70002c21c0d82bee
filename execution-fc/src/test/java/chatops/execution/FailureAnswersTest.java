package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.Seal;
import chatops.cloudsim.ecs.InstanceSpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nobody gets silence: whatever goes wrong behind a command or a press is answered in the chat, in the person's language, with its cause,
 * what to do next and the execution's id.
 */
@SuppressWarnings("NullAway.Init")
class FailureAnswersTest {
  private static final Principal CLEO = new Principal(Platform.SLACK, "T0001", "U0003", "cleo");

  @TempDir
  static Path folder;

  private static Account account;

  @BeforeAll
  static void deploy() throws IOException {
    account = new Account(folder);
    account.configure(
        "approvals: {bearerLinks: true", "approvals: {reason: required, bearerLinks: true");
    account.restart();
  }

  @AfterAll
  static void undeploy() {
    account.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // what is typed ; what tells the cause ; what tells what to do
        "oos run Nothing-There ; Nothing-There ; chatops\\.yaml|/oos|CHATOPS_TEMPLATES",
        "oos run ECS-StartInstances targetz=i-1 ; targetz ; /oos run ECS-StartInstances",
        "oos run ECS-StartInstances ; targets ; /oos run ECS-StartInstances",
        "oos run ECS-StartInstances regionId=us-1 ; us-1 ; chatops\\.yaml|/oos",
        "oos run ECS-StartInstances targets ; targets ; =",
        "ecs stop , ; , ; /ecs|/oos|name:web",
        "ecs start i-doesnotexist ; i-doesnotexist ; /oos logs",
        "oos show nonsense ; nonsense ; /oos list",
        "oos show exec-aaaaaaaaaaaaaaaaaaaaaaaaaa ; exec-aaaa ; .",
        "oos cancel exec-aaaaaaaaaaaaaaaaaaaaaaaa ; exec-aaaa ; .",
        "oos approve exec-aaaaaaaaaaaaaaaaaaaaaaa ; exec-aaaa ; .",
        "oos retry exec-aaaaaaaaaaaaaaaaaaaaaaaaa ; exec-aaaa ; .",
      })
  void a_command_that_fails_is_answered(String line, String cause, String next) throws IOException {
    for (Language language : Language.values()) {
      String[] words = line.split(" ");
      HandOver.Run run = account.command(
          Account.ANN,
          language,
          words[0],
          words[1],
          java.util.Arrays.copyOfRange(words, 2, words.length));
      account.send(run);
      whole(last(account.answers(run)), language, cause, next, run.executionId());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ecs start i-1 ; U0002 ; chatops\\.yaml|/oos whoami",
        "oos run ECS-StartInstances targets=i-1 ; U0002 ; chatops\\.yaml|/oos whoami",
        "oos frobnicate ; oos frobnicate ; /oos help|chatops\\.yaml",
      })
  void what_a_person_may_not_do_is_answered_with_whom_to_ask(String line, String cause, String next)
      throws IOException {
    for (Language language : Language.values()) {
      String[] words = line.split(" ");
      HandOver.Run run = account.command(
          Account.BOB,
          language,
          words[0],
          words[1],
          java.util.Arrays.copyOfRange(words, 2, words.length));
      account.send(run);
      whole(last(account.answers(run)), language, cause, next, run.executionId());
    }
  }

  @ParameterizedTest
  @CsvSource({"U0001", "U0003", "U0002"})
  void a_press_that_does_not_count_is_answered(String user) throws IOException {
    String instance = account.cloud.fleet().launch(InstanceSpec.named("web-" + user));
    HandOver.Run run = account.command(
        Account.ANN,
        Language.EN,
        "oos",
        "run",
        "ECS-BulkRebootInstancesWithApproval",
        "targets=" + instance,
        "webHookUrl=" + account.peer.baseUrl() + "/robot/send?access_token=x");
    account.send(run);
    ApprovalRef approval =
        ApprovalRef.parse(Account.buttonValue(account.answers(run).get(0)));
    Principal who = user.equals("U0003") ? CLEO : user.equals("U0001") ? Account.ANN : Account.BOB;
    for (Language language : Language.values()) {
      HandOver.Decide press =
          inLanguage(account.decide(who, run.executionId(), approval.approvalId(), true), language);
      account.peer.resetRequests();
      account.send(press);
      // who asked, who is no approver, and who gives no reason where one is needed
      whole(
          last(account.posts("/press/" + run.executionId())),
          language,
          ".",
          "chatops\\.yaml|/oos approve",
          run.executionId());
    }
  }

  @ParameterizedTest
  @CsvSource({"RetriesExhausted", "EventAgeExceeded"})
  void a_command_that_function_compute_gave_up_is_answered(String condition) throws IOException {
    for (Language language : Language.values()) {
      HandOver.Run run = account.command(Account.ANN, language, "ecs", "status");
      account.send(account.bytes(givenUp(condition, sealed(run))));
      whole(last(account.answers(run)), language, condition, "/oos show", run.executionId());
    }
  }

  @Test
  void what_was_given_up_is_told_once_however_often_function_compute_says_so() throws IOException {
    HandOver.Run run = account.command(Account.ANN, Language.EN, "ecs", "status");
    String once = givenUp("RetriesExhausted", sealed(run));

    account.send(account.bytes(once));
    account.send(account.bytes(once));
    // telling of it failed, and was given up in its turn
    account.send(account.bytes(givenUp("EventAgeExceeded", once)));

    assertThat(account.answers(run)).hasSize(1);
    assertThat(account.answers(run).get(0).toString()).contains("RetriesExhausted");
  }

  @Test
  void what_could_not_be_told_is_told_by_the_next_round_with_its_first_cause() throws IOException {
    HandOver.Run run = account.command(Account.ANN, Language.ZH, "ecs", "status");

    account.send(
        account.bytes(givenUp("EventAgeExceeded", givenUp("RetriesExhausted", sealed(run)))));

    whole(
        last(account.answers(run)),
        Language.ZH,
        "RetriesExhausted",
        "/oos show",
        run.executionId());
  }

  private static String sealed(HandOver message) {
    return new String(
        HandOverJson.encode(message, new Seal(Account.SEAL_KEYS)),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String givenUp(String condition, String payload) {
    return "{\"requestContext\":{\"condition\":\"" + condition + "\"},\"requestPayload\":"
        + quoted(payload) + "}";
  }

  @ParameterizedTest
  @CsvSource({"en", "zh", "ja"})
  void a_second_message_under_the_same_signature_is_refused_with_what_to_do(String code)
      throws IOException {
    Language language = Language.valueOf(code.toUpperCase(java.util.Locale.ROOT));
    HandOver.Run first =
        guarded(account.command(Account.ANN, language, "ecs", "status"), code, "a");
    HandOver.Run second =
        guarded(account.command(Account.ANN, language, "ecs", "start", "i-1"), code, "b");
    account.send(first);
    account.send(second);

    whole(
        last(account.answers(second)),
        language,
        "signature|签名|署名",
        "once more|重新|もう一度",
        second.executionId());
  }

  private static HandOver.Run guarded(HandOver.Run run, String pair, String message) {
    return new HandOver.Run(
        run.executionId(),
        run.principal(),
        run.place(),
        run.command(),
        run.language(),
        run.receivedAt(),
        run.rightsHash(),
        run.reply(),
        new HandOver.Guard("pair-" + pair, message));
  }

  private static HandOver.Decide inLanguage(HandOver.Decide press, Language language) {
    return new HandOver.Decide(
        press.decisionId(),
        press.executionId(),
        press.approvalId(),
        press.approve(),
        press.reason(),
        press.principal(),
        press.place(),
        language,
        press.receivedAt(),
        press.reply(),
        press.guard());
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static JsonNode last(List<JsonNode> answers) {
    assertThat(answers).as("silence").isNotEmpty();
    return answers.get(answers.size() - 1);
  }

  private static void whole(
      JsonNode answer, Language language, String cause, String next, String executionId) {
    String text = answer.toString().replace("\\n", "\n").replace("\\\"", "\"");
    assertThat(text).as(language.name()).containsPattern(cause);
    assertThat(text).as(language.name()).containsPattern(next);
    assertThat(text).as(language.name()).contains(executionId);
    switch (language) {
      case EN -> assertThat(text).doesNotContainPattern("[\\u3040-\\u30ff\\u4e00-\\u9fff]");
      case ZH ->
        assertThat(text)
            .containsPattern("[\\u4e00-\\u9fff]{3}")
            .doesNotContainPattern("[\\u3040-\\u30ff]");
      case JA -> assertThat(text).containsPattern("[\\u3040-\\u30ff]{2}");
    }
  }
}
