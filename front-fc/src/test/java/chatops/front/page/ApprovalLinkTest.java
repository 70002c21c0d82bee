package chatops.front.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.ApprovalView;
import chatops.chat.handover.HandOver;
import chatops.front.FrontBench;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalLinkTest {
  private static final ApprovalRef APPROVAL = new ApprovalRef("exec-abc", "approve1");

  @TempDir
  Path folder = Path.of("");

  private FrontBench front = new FrontBench(Path.of("target"));
  private String path = "";

  @BeforeEach
  void start() {
    front = new FrontBench(folder);
    path = "/approvals/"
        + front.linkKey.link(APPROVAL, front.clock.instant().plus(Duration.ofHours(1)));
    front.execution.answer = view(true, "", "").toJson();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void looking_decides_nothing(String method) {
    FrontBench.Answer answer = front.send(method, path, Map.of(), new byte[0], false);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().isEmpty()).isEqualTo(method.equals("HEAD"));
    assertThat(front.execution.questions).allMatch(q -> q instanceof HandOver.Ask);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void the_page_shows_what_is_asked_and_lets_no_script_in_but_ours() {
    String page = front.get(path).body();

    assertThat(page)
        .contains(
            "Reboot 3 &lt;instances&gt;?",
            "ECS-BulkReboot",
            "3 in all",
            "and 1 more",
            "web-1",
            "Ann (slack:T0001/U1)",
            "Waiting");
    assertThat(page)
        .contains(
            "name=\"decision\" value=\"approve\"",
            "name=\"decision\" value=\"reject\"",
            "for=\"reason\"",
            "lang=\"en\"");
    assertThat(page)
        .doesNotContain("<instances>", "onclick", "style=\"")
        .containsOnlyOnce("<script")
        .containsPattern("<script src=\"/pages/[\\w-]{16}\\.js\" defer></script>");
  }

  @Test
  void the_policy_lets_in_our_style_and_nothing_else() throws NoSuchAlgorithmException {
    FrontBench.Answer answer = front.get(path);
    String style = answer
        .body()
        .substring(answer.body().indexOf("<style>") + 7, answer.body().indexOf("</style>"));
    String hash = Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));

    assertThat(answer.headers().get("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-" + hash
                + "'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    assertThat(answer.headers())
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Referrer-Policy", "same-origin");
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    assertThat(style).contains("prefers-color-scheme:dark", "max-width:40rem", ":focus-visible");
  }

  @ParameterizedTest
  @CsvSource({
    "?lang=zh,'',批准",
    "?lang=ja,'',承認する",
    "'','zh-CN,zh;q=0.9,en;q=0.8',批准",
    "'','fr,ja;q=0.5',承認する",
    "'',fr,Approve",
    "?lang=xx,ja-JP,承認する"
  })
  void the_page_speaks_the_readers_language(String query, String accepted, String button) {
    assertThat(front
            .send("GET", path + query, Map.of("accept-language", accepted), new byte[0], false)
            .body())
        .contains(">" + button + "</button>");
  }

  @Test
  void sending_the_form_decides_by_link_and_leads_back_to_looking() {
    FrontBench.Answer answer = submit("reject", "too late", Map.of());

    HandOver.Decide decide = (HandOver.Decide) front.execution.questions.get(1);
    assertThat(decide.approve()).isFalse();
    assertThat(decide.reason()).isEqualTo("too late");
    assertThat(decide.principal().id()).isEqualTo("web:/bearer");
    assertThat(decide.executionId()).isEqualTo("exec-abc");
    assertThat(decide.reply()).isEmpty();
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.headers().get("Location")).startsWith(path);
  }

  @Test
  void the_same_form_sent_twice_is_one_decision() {
    Map<String, String> form = form("approve", "");
    post(form, headers());
    post(form, headers());

    assertThat(((HandOver.Decide) front.execution.questions.get(2)).decisionId())
        .isEqualTo(((HandOver.Decide) front.execution.questions.get(1)).decisionId());
  }

  @Test
  void afterwards_the_page_says_who_decided_and_offers_nothing() {
    front.execution.answer = view(false, "decided", "reject").toJson();

    String page = front.get(path).body();

    assertThat(page)
        .contains("Rejected", "Bob (slack:T0001/U2)", "because")
        .doesNotContain("<form", "<button");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin,https://evil.com",
    "Origin,null",
    "Origin,''",
    "Origin,http://chatops.example.com",
    "Host,evil.com",
    "Host,chatops.example.com:8443",
    "Host,evil@chatops.example.com",
    "Host,chatops.example.com/",
    "Origin,https://chatops.example.com:80",
    "Origin,https://evil@chatops.example.com",
    "Host,''",
    "Origin,https://chatops.example.com.evil.com"
  })
  void a_form_of_another_site_decides_nothing(String header, String value) {
    Map<String, String> headers = headers();
    headers.put(header, value);

    assertThat(post(form("approve", ""), headers).status()).isEqualTo(403);
    assertNothingDecided();
  }

  @ParameterizedTest
  @CsvSource({
    "Host,CHATOPS.example.com",
    "Host,chatops.example.com:443",
    "Origin,https://Chatops.Example.com",
    "Origin,https://chatops.example.com:443"
  })
  void our_origin_may_be_spelt_in_any_way(String header, String value) {
    assertThat(submit("reject", "", Map.of(header, value)).status()).isEqualTo(303);
  }

  @ParameterizedTest
  @CsvSource({"chatops.example.com,303", "evil.com,403", "'',403"})
  void without_a_host_header_the_domain_of_the_event_counts(String domain, int status) {
    Map<String, String> headers = headers();
    headers.remove("Host");
    Map<String, String> form = form("reject", "");
    front.domain = domain;

    assertThat(post(form, headers).status()).isEqualTo(status);
  }

  @Test
  void a_host_header_counts_more_than_the_domain_of_the_event() {
    front.domain = "chatops.example.com";

    assertThat(submit("approve", "", Map.of("Host", "evil.com")).status()).isEqualTo(403);
    assertNothingDecided();
  }

  @ParameterizedTest
  @CsvSource({
    "form,x,403",
    "form,'',403",
    "decisionId,d_other,403",
    "decision,maybe,400",
    "decision,'',400"
  })
  void a_form_that_is_not_ours_decides_nothing(String field, String value, int status) {
    Map<String, String> form = form("approve", "");
    form.put(field, value);

    assertThat(post(form, headers()).status()).isEqualTo(status);
    assertNothingDecided();
  }

  @Test
  void the_form_of_one_link_is_no_form_of_another() {
    Map<String, String> form = form("approve", "");
    path = "/approvals/"
        + front.linkKey.link(
            new ApprovalRef("exec-xyz", "approve1"),
            front.clock.instant().plus(Duration.ofHours(1)));

    assertThat(post(form, headers()).status()).isEqualTo(403);
    assertNothingDecided();
  }

  @Test
  void too_long_a_reason_and_a_broken_form_decide_nothing() {
    assertThat(submit("approve", "x".repeat(501), Map.of()).status()).isEqualTo(400);
    assertThat(front
            .send("POST", path, headers(), "decision=%z".getBytes(StandardCharsets.UTF_8), false)
            .status())
        .isEqualTo(400);
    assertThat(front.send("POST", path, headers(), new byte[20_000], false).status())
        .isEqualTo(403);
    assertNothingDecided();
  }

  @Test
  void where_links_may_not_decide_the_page_names_the_doors_that_may() {
    FrontBench closed = new FrontBench(
        folder,
        FrontBench.RIGHTS.replace("\"bearerLinks\":true", "\"bearerLinks\":false"),
        Map.of());
    closed.execution.answer = view(true, "", "").toJson();
    Map<String, String> form = form("approve", "");
    front = closed;

    assertThat(front.get(path).body())
        .contains("the button in Slack", "DingTalk robot", "/oos approve")
        .doesNotContain("<form");
    assertThat(post(form, headers()).status()).isEqualTo(403);
    assertNothingDecided();
  }

  @Test
  void where_approvers_are_named_the_page_says_so() {
    front.execution.answer = view(false, "approvers", "").toJson();

    assertThat(front.get(path).body())
        .contains("approvers who can be identified")
        .doesNotContain("<form");
  }

  @Test
  void a_link_that_is_changed_expired_or_leads_nowhere_says_so() {
    assertThat(front.get(path + "x").status()).isEqualTo(404);
    assertThat(front.get("/approvals/").status()).isEqualTo(404);
    assertThat(front.get("/approvals/a.b").status()).isEqualTo(404);
    assertThat(front.get("/approvals/../healthz").status()).isEqualTo(404);
    front.execution.answer = ApprovalView.unknown("exec-abc", "approve1").toJson();
    assertThat(front.get(path).status()).isEqualTo(404);
    assertThat(front.get(path).body()).contains("may not have arrived");
    front.clock.advance(Duration.ofHours(2));
    assertThat(front.get(path).status()).isEqualTo(410);
  }

  @Test
  void no_answer_in_time_is_told_and_safe_to_repeat() {
    Map<String, String> form = form("approve", "");
    front.execution.answer = null;

    FrontBench.Answer looked = front.get(path);
    FrontBench.Answer decided = post(form, headers());

    assertThat(looked.status()).isEqualTo(503);
    assertThat(looked.body()).contains("Reload");
    assertThat(decided.status()).isEqualTo(202);
    assertThat(decided.body()).contains("Not confirmed yet", "sending it again is safe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"type\":\"approval\"}", "not json"})
  void an_answer_that_is_none_is_no_answer(String answer) {
    front.execution.answer = answer.getBytes(StandardCharsets.UTF_8);

    assertThat(front.get(path).status()).isEqualTo(503);
  }

  @Test
  void other_methods_are_not_for_this_door() {
    assertThat(front.send("DELETE", path, headers(), new byte[0], false).status())
        .isEqualTo(405);
    assertThat(front.send("PUT", path, headers(), new byte[0], false).headers())
        .containsEntry("Allow", "GET, HEAD, POST");
  }

  private void assertNothingDecided() {
    assertThat(front.execution.questions).noneMatch(q -> q instanceof HandOver.Decide);
    assertThat(front.execution.messages).isEmpty();
  }

  private FrontBench.Answer submit(String decision, String reason, Map<String, String> more) {
    Map<String, String> headers = headers();
    headers.putAll(more);
    return post(form(decision, reason), headers);
  }

  /** The form of the page as a browser would fill it in. */
  private Map<String, String> form(String decision, String reason) {
    Map<String, String> form = new LinkedHashMap<>();
    Matcher hidden = Pattern.compile("name=\"(decisionId|form)\" value=\"([^\"]*)\"")
        .matcher(front.get(path).body());
    while (hidden.find()) {
      form.put(hidden.group(1), hidden.group(2));
    }
    assertThat(form).hasSize(2);
    form.put("decision", decision);
    form.put("reason", reason);
    return form;
  }

  private FrontBench.Answer post(Map<String, String> form, Map<String, String> headers) {
    StringBuilder body = new StringBuilder();
    form.forEach((k, v) -> body.append(body.length() == 0 ? "" : "&")
        .append(k)
        .append('=')
        .append(URLEncoder.encode(v, StandardCharsets.UTF_8)));
    return front.send(
        "POST", path, headers, body.toString().getBytes(StandardCharsets.UTF_8), false);
  }

  private static Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    headers.put("Host", "chatops.example.com");
    headers.put("Origin", FrontBench.ORIGIN);
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    return headers;
  }

  private static ApprovalView view(boolean decidable, String whyNot, String decision) {
    boolean decided = !decision.isEmpty();
    return new ApprovalView(
        "exec-abc",
        "approve1",
        decided ? "Cancelled" : "Waiting",
        "Reboot 3 <instances>?",
        "line\nline",
        "ECS-BulkReboot",
        "cn-hangzhou",
        "Ann (slack:T0001/U1)",
        3,
        List.of("web-1", "web-2"),
        Map.of("action", "reboot"),
        "2025-10-09T08:53:20Z",
        "",
        decidable,
        whyNot,
        decision,
        decided ? "Bob (slack:T0001/U2)" : "",
        decided ? "2025-10-09T09:00:00Z" : "",
        decided ? "because" : "",
        "",
        1,
        List.of(),
        "");
  }
}
