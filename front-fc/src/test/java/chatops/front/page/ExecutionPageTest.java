package chatops.front.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.handover.ApprovalView;
import chatops.chat.handover.HandOver;
import chatops.chat.view.ApprovalLine;
import chatops.chat.view.ExecutionsView;
import chatops.chat.view.QuestionLine;
import chatops.chat.view.SubmittedView;
import chatops.chat.view.TaskLine;
import chatops.chat.view.TimelineView;
import chatops.chat.view.ViewJson;
import chatops.front.FrontBench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionPageTest {
  private static final String PATH = "/x/exec-abc";

  private final FrontBench front;
  private final Browsing ann;

  ExecutionPageTest(@TempDir Path folder) {
    front = new FrontBench(folder);
    ann = Browsing.as(front, Browsing.ANN);
    front.execution.answer =
        ViewJson.write(view("Waiting", "", List.of("logs", "cancel", "pause")));
  }

  @Test
  void the_page_shows_everything_and_lets_no_markup_in() {
    String page = ann.get(PATH).body();

    assertThat(page)
        .contains("Waiting", "ECS-&lt;Bulk&gt;", "exec-abc", "Ann (slack:T0001/U1)", "cn-hangzhou")
        .contains("3 in all", "i-2", "web-&lt;1&gt;", "Nobody heard")
        .contains("reboot &lt;b&gt;", "37 of 100 done, 2 failed, 5 running", "1 min 0 s")
        .contains("Approve", "Reject", "Did ECS.Reboot happen?", "It did happen")
        .contains("Commits", "Row writes", "API calls", "Invocations")
        .contains("the last 1 lines", "WARN", "throttled")
        .contains("2 records", "abcdef012345", "Decided")
        .doesNotContain("<b>x", "<Bulk>", "onclick", "style=\"", "javascript:");
    HandOver.Ask ask = (HandOver.Ask) front.execution.questions.get(0);
    assertThat(ask.what()).isEqualTo("timeline");
    assertThat(ask.principal()).isEqualTo(Browsing.ANN);
    assertThat(ask.place()).isEqualTo(Browsing.ROOM);
  }

  @Test
  void only_what_the_reader_may_do_is_offered() {
    assertThat(ann.get(PATH).body())
        .contains("name=\"act\" value=\"cancel\"", "name=\"act\" value=\"pause\"")
        .doesNotContain(
            "name=\"act\" value=\"resume\"",
            "name=\"act\" value=\"retry\"",
            "name=\"act\" value=\"skip\"");
    front.execution.answer =
        ViewJson.write(view("Failed", "2025-10-09T09:00:00Z", List.of("retry", "skip")));
    assertThat(ann.get(PATH).body())
        .contains("name=\"act\" value=\"retry\"", "name=\"act\" value=\"skip\"", "name=\"changes\"")
        .doesNotContain("name=\"act\" value=\"cancel\"", "value=\"approve\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh", "ja"})
  void the_page_speaks_the_readers_language(String language) {
    String page = ann.get(PATH + "?lang=" + language).body();

    assertThat(page)
        .contains(Map.of("en", "Audit trail", "zh", "审计轨迹", "ja", "監査証跡").get(language))
        .contains("href=\"/executions?lang=" + language + "\"")
        .contains("action=\"/x/exec-abc?lang=" + language + "\"");
  }

  @Test
  void a_look_at_what_has_not_changed_is_answered_in_one_word() {
    front.execution.answer = ViewJson.write(TimelineView.without("same", "", "exec-abc", "7-a"));

    FrontBench.Answer answer = ann.get(PATH + "?part=1", Map.of("If-None-Match", "\"7-a\""));

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(((HandOver.Ask) front.execution.questions.get(0)).id()).isEqualTo("7-a");
  }

  @Test
  void a_look_at_what_has_changed_gets_the_parts() {
    FrontBench.Answer answer = ann.get(PATH + "?part=1", Map.of("If-None-Match", "\"6-z\""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("ETag", "\"7-a\"");
    assertThat(answer.body())
        .contains(
            "id=\"live\"", "data-part=\"tasks\"", "data-edition=\"7-a\"", "data-pace=\"waiting\"")
        .doesNotContain("<style", "<header");
  }

  @ParameterizedTest
  @CsvSource({
    "cancel,oos cancel",
    "pause,oos pause",
    "resume,oos resume",
    "retry,oos retry",
    "skip,oos skip"
  })
  void a_form_does_what_the_command_of_its_name_does(String act, String command) {
    String page = ann.get(PATH).body();
    front.execution.answer =
        ViewJson.write(new SubmittedView(true, "ACCEPTED", "", "", "exec-abc"));

    FrontBench.Answer answer = ann.submit(page, PATH, Map.of("act", act));

    HandOver.Run run = ((HandOver.Submit) front.execution.questions.get(1)).run();
    assertThat(run.command().name()).isEqualTo(command);
    assertThat(run.command().arguments()).containsExactly("exec-abc");
    assertThat(run.principal()).isEqualTo(Browsing.ANN);
    assertThat(run.place()).isEqualTo(Browsing.ROOM);
    assertThat(run.reply()).isEmpty();
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.headers()).containsEntry("Location", PATH);
  }

  @Test
  void changed_parameters_and_the_task_go_with_a_retry() {
    String page = ann.get(PATH).body();
    front.execution.answer =
        ViewJson.write(new SubmittedView(true, "ACCEPTED", "", "", "exec-abc"));
    ann.submit(
        page,
        PATH,
        Map.of("act", "retry", "task", "t0001.0002", "changes", "a=b c\r\n\r\nn={\"x\":1}"));

    assertThat(
            ((HandOver.Submit) front.execution.questions.get(1)).run().command().arguments())
        .containsExactly("exec-abc", "t0001.0002", "a=b c", "n={\"x\":1}");
    assertThat(ann.submit(page, PATH, Map.of("act", "retry", "changes", "nonsense"))
            .status())
        .isEqualTo(400);
  }

  @Test
  void the_same_form_sent_twice_is_one_command() {
    String page = ann.get(PATH).body();
    front.execution.answer =
        ViewJson.write(new SubmittedView(true, "ACCEPTED", "", "", "exec-abc"));
    ann.submit(page, PATH, Map.of("act", "cancel"));
    ann.submit(page, PATH, Map.of("act", "cancel"));

    assertThat(((HandOver.Submit) front.execution.questions.get(1)).run().executionId())
        .isEqualTo(((HandOver.Submit) front.execution.questions.get(2)).run().executionId());
  }

  @Test
  void an_answer_about_an_unknown_outcome_names_its_question() {
    String page = ann.get(PATH).body();
    front.execution.answer =
        ViewJson.write(new SubmittedView(true, "ACCEPTED", "", "", "exec-abc"));
    ann.submit(page, PATH, Map.of("act", "answer", "answer", "skip", "question", "oq1"));

    HandOver.Run run = ((HandOver.Submit) front.execution.questions.get(1)).run();
    assertThat(run.command().name()).isEqualTo("oos skip");
    assertThat(run.command().arguments()).containsExactly("exec-abc", "oq1");
  }

  @Test
  void a_decision_is_the_persons_own() {
    String page = ann.get(PATH).body();
    front.execution.answer = ApprovalView.unknown("exec-abc", "ap1").toJson();
    ann.submit(page, PATH, Map.of("act", "reject", "approval", "ap1", "reason", "not now"));

    HandOver.Decide decide = (HandOver.Decide) front.execution.questions.get(1);
    assertThat(decide.principal()).isEqualTo(Browsing.ANN);
    assertThat(decide.approvalId()).isEqualTo("ap1");
    assertThat(decide.approve()).isFalse();
    assertThat(decide.reason()).isEqualTo("not now");
  }

  @Test
  void what_was_refused_is_said_with_the_way_back() {
    String page = ann.get(PATH).body();
    front.execution.answer = ViewJson.write(
        new SubmittedView(false, "REFUSED", "Not allowed: oos cancel", "Ask <x>", "exec-abc"));

    FrontBench.Answer answer = ann.submit(page, PATH, Map.of("act", "cancel"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body())
        .contains("Not allowed: oos cancel", "Ask &lt;x&gt;", "href=\"/x/exec-abc\"");
  }

  @Test
  void no_answer_in_time_is_told() {
    String page = ann.get(PATH).body();
    front.execution.answer = null;

    assertThat(ann.submit(page, PATH, Map.of("act", "cancel")).status()).isEqualTo(202);
    assertThat(ann.get(PATH).status()).isEqualTo(503);
    assertThat(ann.get("/executions").status()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({"Origin,https://evil.com,403", "Origin,null,403", "Host,evil.com,403"})
  void a_form_of_another_site_does_nothing(String header, String value, int status) {
    String page = ann.get(PATH).body();

    assertThat(ann.submit(page, PATH, Map.of("act", "cancel"), Map.of(header, value))
            .status())
        .isEqualTo(status);
    assertThat(front.execution.questions).allMatch(q -> q instanceof HandOver.Ask);
  }

  @Test
  void the_form_of_one_page_or_one_person_is_none_of_another() {
    String page = ann.get(PATH).body();
    Browsing bob = Browsing.as(front, Browsing.ANN);
    bob.cookie = "__Host-chatops="
        + front.linkKey.visit(new chatops.chat.link.Visit(
            Browsing.ANN, Browsing.ROOM, front.clock.instant().plusSeconds(60), "v2"));

    assertThat(ann.submit(page, "/x/exec-other", Map.of("act", "cancel")).status())
        .isEqualTo(403);
    assertThat(bob.submit(page, PATH, Map.of("act", "cancel")).status()).isEqualTo(403);
    assertThat(ann.submit(page, PATH, Map.of("act", "explode")).status()).isEqualTo(400);
    assertThat(ann.submit(page, PATH, Map.of("act", "cancel", "form", "x")).status())
        .isEqualTo(403);
    assertThat(front.execution.questions).allMatch(q -> q instanceof HandOver.Ask);
  }

  @Test
  void what_is_denied_or_not_there_is_said() {
    front.execution.answer =
        ViewJson.write(TimelineView.without("denied", "You may not.", "exec-abc", ""));
    assertThat(ann.get(PATH).status()).isEqualTo(403);
    assertThat(ann.get(PATH).body()).contains("You may not.");
    front.execution.answer = ViewJson.write(TimelineView.without("unknown", "", "exec-abc", ""));
    assertThat(ann.get(PATH).status()).isEqualTo(404);
  }

  @Test
  void the_list_shows_executions_and_keeps_its_filters_in_the_address() {
    front.execution.answer = ViewJson.write(new ExecutionsView(
        "seen",
        "",
        List.of(new ExecutionsView.Line(
            "exec-abc",
            "Failed",
            "",
            "no <quota>",
            "ECS-Bulk",
            "Reboot instances",
            "Ann",
            "cn-hangzhou",
            "2025-10-09T08:53:20Z",
            "2025-10-09T08:54:20Z")),
        "2025-10-09T08:53:20Z",
        1,
        List.of("Frozen: *"),
        true,
        "2025-10-09T10:00:00Z"));

    String page = ann.get("/executions?status=Failed&template=ECS&from=2025-10-01&to=2025-10-09")
        .body();

    HandOver.Ask ask = (HandOver.Ask) front.execution.questions.get(0);
    assertThat(ask.filters())
        .containsEntry("status", "Failed")
        .containsEntry("template", "ECS")
        .containsEntry("from", "2025-10-01T00:00:00Z")
        .containsEntry("to", "2025-10-10T00:00:00Z");
    assertThat(page)
        .contains("href=\"/x/exec-abc\"", "no &lt;quota&gt;", "1 min 0 s", "Frozen: *")
        .contains("<option value=\"Failed\" selected>", "older=2025-10-09T08%3A53%3A20Z")
        .contains("rel=\"next\"");
    assertThat(ann.get("/executions?lang=ja").body()).contains("name=\"lang\" value=\"ja\"");
  }

  @Test
  void other_methods_are_not_for_these_doors() {
    assertThat(front
            .send("DELETE", PATH, Map.of("Cookie", ann.cookie), new byte[0], false)
            .status())
        .isEqualTo(405);
    assertThat(front
            .send("POST", "/executions", Map.of("Cookie", ann.cookie), new byte[0], false)
            .status())
        .isEqualTo(405);
  }

  static TimelineView view(String status, String endedAt, List<String> allowed) {
    return new TimelineView(
        "seen",
        "",
        "7-a",
        "exec-abc",
        status,
        status.equals("Waiting") ? "WaitingForApproval" : "",
        "2 of <b>x</b>",
        "ECS-<Bulk>",
        "v1",
        "",
        "cn-hangzhou",
        "",
        "Automatic",
        "Ann (slack:T0001/U1)",
        "slack:T0001/C1",
        "",
        "2025-10-09T08:53:00Z",
        endedAt,
        "2025-10-09T08:55:00Z",
        new TimelineView.Pause("", "", ""),
        List.of(
            task("t0001", "select", "Success", "2025-10-09T08:53:00Z", 0),
            task("t0002", "reboot <b>", "Running", "2025-10-09T08:54:00Z", 100)),
        3,
        List.of(new ApprovalLine(
            "ap1",
            "ask",
            "Reboot?",
            "open",
            2,
            List.of(new ApprovalLine.Vote("Bo", "approve", "fine", "2025-10-09T08:54:00Z")),
            3,
            List.of("i-2", "web-<1>"),
            "2025-10-09T08:53:30Z",
            "",
            "",
            true,
            "",
            "")),
        List.of(new QuestionLine(
            "oq1",
            "reboot",
            "ECS.Reboot",
            "look",
            "2025-10-09T08:53:40Z",
            "2025-10-09T08:54:00Z",
            "",
            "",
            true)),
        Map.of("ids", "[\"i-2\"]"),
        Map.of(),
        new TimelineView.Cost(6, 13, 3, 2),
        List.of(new TimelineView.LogLine("2025-10-09T08:53:41Z", "WARN", "t0002", "throttled")),
        true,
        List.of("Nobody heard"),
        new TimelineView.Trail(
            2,
            "abcdef0123456789",
            0,
            "",
            List.of(new TimelineView.Entry(
                1,
                "2025-10-09T08:53:00Z",
                "decision",
                "slack:T0001/U2",
                "x=<y>",
                "abcdef0123456789"))),
        allowed);
  }

  private static TaskLine task(
      String path, String name, String status, String startedAt, int items) {
    boolean isOver = status.equals("Success");
    return new TaskLine(
        path,
        0,
        name,
        "ACS::ExecuteAPI",
        "",
        status,
        "",
        "",
        "",
        startedAt,
        isOver ? "2025-10-09T08:53:02Z" : "",
        "",
        items,
        37,
        2,
        5,
        1,
        0,
        false,
        List.of());
  }
}
