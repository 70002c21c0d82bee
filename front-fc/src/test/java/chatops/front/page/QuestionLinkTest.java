package chatops.front.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.QuestionView;
import chatops.front.FrontBench;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionLinkTest {
  @TempDir
  Path folder = Path.of("");

  private FrontBench front = new FrontBench(Path.of("target"));
  private String path = "";

  @BeforeEach
  void start() {
    front = new FrontBench(folder);
    path = "/questions/"
        + front.linkKey.link(
            new ApprovalRef("exec-abc", "oq1"), front.clock.instant().plus(Duration.ofHours(1)));
    front.execution.answer = view(true, "").toJson();
  }

  @Test
  void the_page_shows_the_call_where_to_look_and_what_each_answer_does() {
    assertThat(front.get(path).body())
        .contains("Did ECS.Reboot&lt;x&gt; happen?", "DescribeInstances", "2025-10-09 08:53:20 UTC")
        .contains("It did not happen", "It did happen", "Possible from")
        .contains("2025-10-09 08:54:20 UTC")
        .doesNotContain("<x>");
    assertThat(front.execution.questions).allMatch(q -> q instanceof HandOver.Ask);
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "skip", "stop"})
  void the_form_answers_and_leads_back_to_looking(String word) {
    FrontBench.Answer answer = submit(word, FrontBench.ORIGIN);

    HandOver.Answer sent = (HandOver.Answer) front.execution.questions.get(1);
    assertThat(sent.answer()).isEqualTo(word);
    assertThat(sent.questionId()).isEqualTo("oq1");
    assertThat(sent.principal().id()).isEqualTo("web:/bearer");
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.headers().get("Location")).startsWith(path);
  }

  @ParameterizedTest
  @CsvSource({"approve,https://chatops.example.com,400", "retry,https://evil.com,403"})
  void another_word_and_another_site_answer_nothing(String word, String origin, int status) {
    assertThat(submit(word, origin).status()).isEqualTo(status);
    assertThat(front.execution.questions).noneMatch(q -> q instanceof HandOver.Answer);
  }

  @Test
  void afterwards_the_page_says_who_answered_and_offers_nothing() {
    front.execution.answer = view(false, "skip").toJson();

    assertThat(front.get(path).body())
        .contains("it happened, go on", "bob")
        .doesNotContain("<form", "<button");
  }

  @Test
  void where_links_may_not_decide_the_page_names_the_doors_that_may() {
    front.execution.answer = view(false, "").toJson();
    assertThat(front.get(path).body()).contains("not waiting").doesNotContain("<form");
    front.execution.answer = QuestionView.unknown("exec-abc", "oq1").toJson();
    assertThat(front.get(path).status()).isEqualTo(404);
  }

  private FrontBench.Answer submit(String word, String origin) {
    Map<String, String> form = new LinkedHashMap<>();
    Matcher hidden = Pattern.compile("name=\"(decisionId|form)\" value=\"([^\"]*)\"")
        .matcher(front.get(path).body());
    while (hidden.find()) {
      form.put(hidden.group(1), hidden.group(2));
    }
    form.put("decision", word);
    StringBuilder body = new StringBuilder();
    form.forEach((k, v) -> body.append(body.length() == 0 ? "" : "&")
        .append(k)
        .append('=')
        .append(URLEncoder.encode(v, StandardCharsets.UTF_8)));
    Map<String, String> headers = Map.of(
        "Host", "chatops.example.com",
        "Origin", origin,
        "Content-Type", "application/x-www-form-urlencoded");
    return front.send(
        "POST", path, headers, body.toString().getBytes(StandardCharsets.UTF_8), false);
  }

  private static QuestionView view(boolean answerable, String answer) {
    return new QuestionView(
        "exec-abc",
        "oq1",
        "Waiting",
        "ECS-Reboot",
        "cn-hangzhou",
        "Ann (slack:T0001/U1)",
        "reboot",
        "ECS.Reboot<x>",
        "ECS DescribeInstances, compare StartTime",
        "2025-10-09T08:53:20Z",
        "2025-10-09T08:54:20Z",
        answerable,
        answer,
        answer.isEmpty() ? "" : "bob");
  }
}
