package chatops.front.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.handover.HandOver;
import chatops.front.FrontBench;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitTest {
  private static final byte[] ENTERED = "{\"entered\":true}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] USED = "{\"entered\":false}".getBytes(StandardCharsets.UTF_8);

  private final FrontBench front;
  private final Browsing browser;

  VisitTest(@TempDir Path folder) {
    front = new FrontBench(folder);
    browser = new Browsing(front);
    front.execution.answer = ENTERED;
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void opening_a_personal_link_changes_nothing_and_uses_nothing_up(String method) {
    for (int i = 0; i < 5; i++) {
      FrontBench.Answer answer = front.send(
          method, browser.enterLink(), Map.of("Host", "chatops.example.com"), new byte[0], false);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }
    assertThat(front.execution.questions).isEmpty();
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void the_button_makes_the_browser_its_persons() {
    String link = browser.enterLink() + "?to=/x/exec-abc";
    String page = browser.get(link).body();
    assertThat(page).contains("Ann", "slack:T0001/U1");

    FrontBench.Answer entered = browser.submit(page, link, Map.of());

    assertThat(entered.status()).isEqualTo(303);
    assertThat(entered.headers()).containsEntry("Location", "/x/exec-abc");
    assertThat(entered.headers().get("Set-Cookie"))
        .startsWith("__Host-chatops=")
        .contains("; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure", "; Max-Age=28800");
    HandOver.Enter enter = (HandOver.Enter) front.execution.questions.get(0);
    assertThat(enter.nonce()).isEqualTo("n1");
    assertThat(enter.visit()).isEqualTo(Browsing.hidden(page).get("decisionId"));
  }

  @Test
  void a_link_that_was_used_by_another_browser_opens_nothing() {
    String link = browser.enterLink();
    String page = browser.get(link).body();
    front.execution.answer = USED;

    FrontBench.Answer answer = browser.submit(page, link, Map.of());

    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    assertThat(answer.body()).contains("was used before", "/oos page");
  }

  @Test
  void no_answer_signs_nobody_in() {
    String link = browser.enterLink();
    String page = browser.get(link).body();
    front.execution.answer = null;

    FrontBench.Answer answer = browser.submit(page, link, Map.of());

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.com",
    "//evil.com",
    "/x/../leave",
    "/x/exec-abc%0d%0aSet-Cookie",
    "/enter/x",
    "javascript:alert(1)"
  })
  void a_personal_link_leads_to_pages_of_ours_only(String to) {
    String link = browser.enterLink() + "?to=" + to;

    assertThat(browser.submit(browser.get(link).body(), link, Map.of()).headers())
        .containsEntry("Location", "/executions");
  }

  @ParameterizedTest
  @CsvSource({"Origin,https://evil.com", "Origin,null", "Host,evil.com"})
  void a_form_of_another_site_signs_nobody_in(String header, String value) {
    String link = browser.enterLink();

    FrontBench.Answer answer =
        browser.submit(browser.get(link).body(), link, Map.of(), Map.of(header, value));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(front.execution.questions).isEmpty();
  }

  @Test
  void a_link_is_over_after_a_quarter_of_an_hour_and_a_changed_one_is_none() {
    String link = browser.enterLink();
    assertThat(browser.get(link + "x").status()).isEqualTo(404);
    assertThat(browser.get("/enter/").status()).isEqualTo(404);
    assertThat(browser.get("/enter/" + browser.cookie.replaceFirst(".*=", "")).status())
        .isEqualTo(404);
    front.clock.advance(Duration.ofMinutes(15));
    assertThat(browser.get(link).status()).isEqualTo(410);
  }

  @Test
  void a_token_of_one_kind_is_none_of_another() {
    String session = Browsing.as(front, Browsing.ANN).cookie.replaceFirst(".*?=", "");
    assertThat(browser.get("/enter/" + session).status()).isEqualTo(404);
    assertThat(browser.get("/approvals/" + session).status()).isEqualTo(404);
    browser.cookie = "__Host-chatops=" + browser.enterLink().substring("/enter/".length());
    assertThat(browser.get("/x/exec-abc").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/executions", "/x/exec-abc", "/leave"})
  void who_is_not_known_learns_how_to_get_in_and_costs_nothing(String path) {
    FrontBench.Answer answer = browser.get(path);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).contains("/oos page");
    assertThat(front.execution.questions).isEmpty();
  }

  @Test
  void a_visit_ends() {
    Browsing ann = Browsing.as(front, Browsing.ANN);
    front.clock.advance(Duration.ofHours(1));

    assertThat(ann.get("/executions").status()).isEqualTo(401);
  }

  @Test
  void a_cookie_that_was_changed_is_nobodys() {
    Browsing ann = Browsing.as(front, Browsing.ANN);
    ann.cookie = ann.cookie + "x";

    assertThat(ann.get("/executions").status()).isEqualTo(401);
  }

  @Test
  void signing_out_takes_a_press() {
    Browsing ann = Browsing.as(front, Browsing.ANN);
    String page = ann.get("/leave").body();
    assertThat(page).contains("slack:T0001/U1");
    assertThat(ann.cookie).contains("=ey");

    FrontBench.Answer left = ann.submit(page, "/leave", Map.of());

    assertThat(left.status()).isEqualTo(200);
    assertThat(left.headers().get("Set-Cookie"))
        .startsWith("__Host-chatops=; ")
        .contains("Max-Age=0");
    assertThat(ann.get("/executions").status()).isEqualTo(401);
  }

  @Test
  void a_browser_that_another_site_led_here_is_asked_once_more_by_our_own_page() {
    Map<String, String> led = Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");

    FrontBench.Answer first = browser.get("/x/exec-abc?lang=ja", led);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body())
        .contains("http-equiv=\"refresh\" content=\"0;url=/x/exec-abc?again=1&amp;lang=ja\"");
    assertThat(front.execution.questions).isEmpty();
    Map<String, String> again = new HashMap<>(led);
    assertThat(browser.get("/x/exec-abc?again=1", again).status()).isEqualTo(401);
  }

  @Test
  void our_script_is_kept_by_browsers_and_nothing_else_is() {
    String page = browser.get(browser.enterLink()).body();
    String script = page.substring(page.indexOf("/pages/"), page.indexOf(".js") + 3);

    FrontBench.Answer answer = browser.get(script);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
        .containsEntry("Content-Type", "text/javascript; charset=utf-8");
    assertThat(browser.get("/pages/other.js").status()).isEqualTo(404);
    assertThat(browser.get(browser.enterLink()).headers())
        .containsEntry("Cache-Control", "no-store");
  }
}
