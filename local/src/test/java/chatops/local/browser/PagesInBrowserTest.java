package chatops.local.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import chatops.local.host.DataDirectory;
import chatops.local.host.Machine;
import chatops.local.host.QuietHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page of Front in Chromium: axe finds nothing, nothing can be pushed sideways, the browser complains about nothing, and it works
 * by keyboard. Skipped where there is no Chromium. With {@code -Dchatops.screenshots=DIR} the long job leaves its pictures there.
 */
@SuppressWarnings("NullAway.Init")
class PagesInBrowserTest {
  private static final int NARROW = 390;
  private static final int WIDE = 1280;
  private static final Pattern EXECUTION = Pattern.compile("exec-[a-z2-7]{26}");

  @TempDir
  static Path folder;

  private static DataDirectory directory;
  private static Machine machine;
  private static Chromium browser;
  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Chromium.program().isPresent(), "no Chromium on the path");
    directory = DataDirectory.temporary();
    machine = QuietHost.start(directory);
    browser = Chromium.start(folder.resolve("profile"));
    String ended = run("/ecs status name:web-*");
    String failed = run("/ecs start i-doesnotexist");
    String waiting =
        run("/oos run ECS-BulkRebootInstancesWithApproval targets=name:web-* webHookUrl="
            + machine.robotWebHook());
    PAGES.put("approval", path(link("/approvals/")));
    PAGES.put("execution-waiting", "/x/" + waiting);
    PAGES.put("execution-ended", "/x/" + ended);
    PAGES.put("execution-failed", "/x/" + failed);
    PAGES.put("executions", "/executions?status=&text=");
    PAGES.put("templates", "/templates");
    PAGES.put("template", "/templates/ECS-BulkRebootInstancesWithApproval");
    PAGES.put("sign-out", "/leave");
    PAGES.put("nothing-there", "/x/exec-nothing");
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (machine != null) {
      machine.close();
      directory.close();
    }
  }

  private static String run(String line) throws InterruptedException {
    String execution = said(machine, Cast.ANN, line, EXECUTION);
    for (int i = 0; i < 600; i++) {
      boolean isTold = messages().stream()
          .anyMatch(said -> said.contains(execution)
              && !said.contains("Accepted")
              && !said.contains("is running"));
      if (isTold) {
        return execution;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("nothing was said about " + execution + " in " + messages());
  }

  /** What stands in the answer to a command; said again when a busy machine was too slow for the simulated Slack. */
  static String said(Machine machine, Cast.Member who, String line, Pattern wanted) {
    String answer = "";
    for (int i = 0; i < 5; i++) {
      answer =
          machine.cloud().slack().command(who.slack(), Cast.OPERATIONS, line).answer();
      Matcher found = wanted.matcher(answer);
      if (found.find()) {
        return found.group();
      }
    }
    throw new AssertionError(line + " was answered by: " + answer);
  }

  private static List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (SlackMessage message : machine.cloud().slack().channels().messages(Cast.OPERATIONS)) {
      messages.add(message.text() + " " + message.blocks());
    }
    return messages;
  }

  /** The newest link of a kind that was shown in the channel. */
  private static String link(String path) {
    Matcher link = Pattern.compile(Pattern.quote(machine.frontUrl() + path) + "[\\w.?=/-]+")
        .matcher(String.join("\n", messages()));
    String found = "";
    while (link.find()) {
      found = link.group();
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  private static String path(String address) {
    return address.substring(machine.frontUrl().toString().length());
  }

  private static String address(String path, String language) {
    return machine.frontUrl() + path + (path.contains("?") ? "&" : "?") + "lang=" + language;
  }

  /** A tab in which somebody has used a personal link. */
  static Tab visiting(Machine machine, Chromium browser, Cast.Member who)
      throws IOException, InterruptedException {
    var typed = machine.cloud().slack().command(who.slack(), Cast.OPERATIONS, "/oos page");
    Matcher link =
        Pattern.compile("http://127\\.0\\.0\\.1:\\d+/enter/[\\w.-]+").matcher(typed.answer());
    assertThat(link.find()).as(typed.answer()).isTrue();
    Tab tab = browser.tab().looksLike(WIDE, 800, false).open(link.group());
    tab.press("main button.main");
    tab.await("location.pathname === '/executions' && document.readyState === 'complete'");
    return tab;
  }

  @Test
  void every_page_is_sound_in_a_language_a_theme_and_a_width() throws Exception {
    Tab tab = visiting(machine, browser, Cast.ANN);
    tab.complaints();
    List<String> languages = List.of("en", "zh", "ja");
    int number = 0;
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      // languages, themes and widths take turns here; the long job looks at all combinations
      look(tab, page, languages.get(number % 3), number % 2 == 1, number % 4 < 2 ? NARROW : WIDE);
      number++;
    }
  }

  @Test
  @Tag("long")
  void every_page_is_sound_in_every_combination() throws Exception {
    Tab tab = visiting(machine, browser, Cast.ANN);
    tab.complaints();
    String folderOfPictures = System.getProperty("chatops.screenshots", "");
    int looks = 0;
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      for (String language : List.of("en", "zh", "ja")) {
        for (boolean isDark : List.of(false, true)) {
          for (int width : List.of(NARROW, 768, WIDE, 1920)) {
            look(tab, page, language, isDark, width);
            looks++;
            if (!folderOfPictures.isEmpty() && (width == NARROW || width == WIDE)) {
              tab.screenshot(Path.of(
                  folderOfPictures,
                  String.join("-", page.getKey(), language, isDark ? "dark" : "light", width + "")
                      + ".png"));
            }
          }
        }
      }
    }
    System.out.println(
        "long-job: PagesInBrowserTest looks=" + looks + " pages=" + PAGES.size() + " axe found 0");
  }

  private static void look(
      Tab tab, Map.Entry<String, String> page, String language, boolean isDark, int width)
      throws IOException {
    tab.looksLike(width, width == NARROW ? 844 : 800, isDark)
        .open(address(page.getValue(), language));
    String where = page.getKey() + " " + language + (isDark ? " dark " : " light ") + width;

    assertThat(tab.violations()).as(where).isEmpty();
    assertThat(tab.overflow()).as(where).isZero();
    assertThat(tab.complaints().stream()
            // that a page which is not there answers 404 is as it should be
            .filter(each -> !each.contains("404"))
            .collect(Collectors.toList()))
        .as(where)
        .isEmpty();
    assertThat(tab.value("document.documentElement.lang").asText())
        .as(where)
        .isEqualTo(language.equals("zh") ? "zh-CN" : language);
    assertThat(tab.text()).as(where).doesNotContain("page.", "??", "{0}");
  }

  @Test
  void a_form_that_is_filled_in_by_keyboard_alone_says_what_is_wrong_and_then_runs()
      throws Exception {
    Tab tab = visiting(machine, browser, Cast.ANN);
    tab.open(address("/templates/ECS-DescribeInstances", "en"));
    tab.tabKey();
    assertThat(tab.value("document.activeElement.textContent.trim()").asText())
        .isEqualTo("Skip to the content");
    assertThat(
            tab.value("getComputedStyle(document.activeElement).outlineStyle").asText())
        .isEqualTo("solid");
    tab.open(address("/templates/ECS-BulkRebootInstancesWithApproval", "en"));
    press(tab, "button.main");
    tab.await("document.querySelector('[aria-invalid=true]')");
    assertThat(tab.value("document.activeElement.name").asText()).isEqualTo("p.targets");
    assertThat(tab.violations()).isEmpty();
    assertThat(tab.value("document.title").asText()).contains("To be corrected");
    tab.complaints();

    tab.open(address("/templates/ECS-DescribeInstances", "en"));
    press(tab, "button.main");
    tab.await("location.pathname.startsWith('/x/exec-')");
    tab.awaitText("Success");
    assertThat(tab.complaints()).isEmpty();
  }

  /** Goes to something by the tab key and presses Enter there. */
  private static void press(Tab tab, String selector) {
    for (int i = 0; i < 60; i++) {
      if (tab.value("document.activeElement.matches(" + Tab.quoted("main " + selector) + ")")
          .asBoolean()) {
        tab.key("Enter", 13, "\r");
        return;
      }
      tab.tabKey();
    }
    throw new AssertionError("no way to " + selector + " by the tab key");
  }

  @Test
  void looking_at_every_page_changes_nothing() throws Exception {
    Tab tab = visiting(machine, browser, Cast.ANN);
    long before = machine.cloud().slack().channels().since(0).size();
    int calls = machine.cloud().log().records().size();
    for (String page : PAGES.values()) {
      tab.open(address(page, "en"));
    }

    assertThat(machine.cloud().slack().channels().since(0)).hasSize((int) before);
    assertThat(machine.cloud().log().records().stream()
            .skip(calls)
            .filter(call -> call.service().equals("Ecs") && !call.api().startsWith("Describe")))
        .isEmpty();
    tab.open(address(PAGES.getOrDefault("execution-waiting", ""), "en"));
    tab.awaitText("Waiting");
  }
}
