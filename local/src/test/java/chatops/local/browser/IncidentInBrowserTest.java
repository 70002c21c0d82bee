package chatops.local.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.chat.Language;
import chatops.cloudsim.cloud.Fault;
import chatops.local.host.Cast;
import chatops.local.host.DataDirectory;
import chatops.local.host.Machine;
import chatops.local.host.QuietHost;
import chatops.local.page.PageServer;
import chatops.local.page.SimulatedRooms;
import chatops.local.page.SlackLines;
import chatops.local.page.StartToken;
import chatops.local.text.Texts;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole incident, played by people who see nothing but the chat page and an execution's page. Skipped where there is no Chromium. */
class IncidentInBrowserTest {
  private static final String TEMPLATE = "ECS-BulkRebootInstancesWithApproval";

  @TempDir
  Path folder = Path.of("");

  @Test
  void an_incident_from_its_first_command_to_the_end_of_its_timeline() throws Exception {
    assumeTrue(Chromium.program().isPresent(), "no Chromium on the path");
    Texts texts = Texts.in(Language.EN);
    try (DataDirectory directory = DataDirectory.kept(folder.resolve("home"));
        PageServer server = new PageServer(0, texts, StartToken.fresh(new SecureRandom()))) {
      configure(directory);
      try (Machine machine = QuietHost.start(directory);
          Chromium browser = Chromium.start(folder.resolve("profile"))) {
        SlackLines lines = new SlackLines(machine.cloud().slack(), InstantSource.system());
        server.serve(new SimulatedRooms(machine, lines, texts));
        Tab chat =
            browser.tab().looksLike(1400, 900, false).open(server.invitation().toString());
        chat.value("window.confirm = () => true");
        play(machine, browser, chat);
        assertThat(chat.complaints()).isEmpty();
      }
    }
  }

  private static void play(Machine machine, Chromium browser, Tab chat) throws Exception {
    machine
        .cloud()
        .faults()
        .next(
            1,
            "Ecs",
            "RebootInstance",
            new Fault.Refuse(403, "Forbidden.RAM", "The user is not authorized to operate."));

    // a command with a modal, first sent without what it needs
    answered(chat, "/oos whoami", "document.body.innerText.includes('slack:T0001/U0001')");
    modal(chat);
    assertThat(chat.violations()).isEmpty();
    chat.press(".modal button[type=submit]");
    chat.await("document.querySelector('.modal .error')");
    fill(chat, "Instances", "name:web-*");
    fill(chat, "Robot address", machine.robotWebHook().toString());
    chat.press(".modal button[type=submit]");
    chat.await("!document.querySelector('.modal form input')");

    // two people on two platforms; what either sees tells how far it is
    chat.awaitText("Approval wanted");
    String first = execution(chat, "Approval wanted");
    as(chat, "slack", Cast.BO);
    chat.pressLast("#slack", "Approve");
    chat.awaitText("1 of 2");
    say(chat, "dingtalk", Cast.BO, "/oos approve " + first);
    chat.await("document.querySelector('#dingtalk').innerText.match(/already|1 of 2/)");
    assertThat(machine.cloud().log().of("Ecs", "RebootInstance")).isEmpty();
    say(chat, "dingtalk", Cast.CLEO, "/oos approve " + first);

    // a task fails, and is looked at on the execution's own page
    chat.awaitText("Forbidden.RAM");
    Tab page = opened(browser, chat, first);
    page.awaitText("Failed");
    assertThat(page.text()).contains("Forbidden.RAM");
    page.value("window.sameDocument = true");

    // it is run again, and the page follows to the end by itself
    say(chat, "slack", Cast.ANN, "/oos retry " + first);
    page.await("document.querySelector('#live').dataset.pace === 'over' && "
        + "document.querySelector('#live').innerText.includes('Success')");
    assertThat(page.value("window.sameDocument === true").asBoolean()).isTrue();
    assertThat(page.text()).contains("Bo", "Cleo");
    assertThat(page.violations()).isEmpty();
    assertThat(page.complaints()).isEmpty();

    // a second one is rejected, with a reason that everybody sees
    say(
        chat,
        "slack",
        Cast.ANN,
        "/oos run " + TEMPLATE + " targets=name:web-1 webHookUrl=" + machine.robotWebHook());
    chat.await("[...document.querySelectorAll('#slack .entry')].some(e => "
        + "e.innerText.includes('Approval wanted') && !e.innerText.includes('" + first + "'))");
    String second = execution(chat, "Approval wanted");
    assertThat(second).isNotEqualTo(first);
    int reboots = machine.cloud().log().of("Ecs", "RebootInstance").size();
    say(chat, "slack", Cast.BO, "/oos reject " + second + " the shop is open");
    chat.awaitText("the shop is open");
    chat.await("[...document.querySelectorAll('#slack .entry')].some(e => "
        + "e.innerText.includes('cancelled') && e.innerText.includes('" + second + "'))");
    Tab rejected = opened(browser, chat, second);
    rejected.awaitText("the shop is open");
    assertThat(rejected.text()).contains("Cancelled");
    assertThat(machine.cloud().log().of("Ecs", "RebootInstance")).hasSize(reboots);

    // a third one is asked for in DingTalk, by a card that knows who presses it
    say(
        chat,
        "dingtalk",
        Cast.ANN,
        "/oos run " + TEMPLATE + " targets=name:web-2 webHookUrl=" + machine.robotWebHook());
    chat.await("document.querySelector('#dingtalk .entry button.danger')");
    as(chat, "dingtalk", Cast.BO);
    chat.fill("#dingtalk .entry input", "after lunch");
    chat.press("#dingtalk .entry button.danger");
    chat.await("!document.querySelector('#dingtalk .entry button.danger')");
    chat.awaitText("after lunch");
    assertThat(machine.cloud().log().of("Ecs", "RebootInstance")).hasSize(reboots);
  }

  private static void modal(Tab chat) {
    answered(chat, "/oos run " + TEMPLATE, "document.querySelector('.modal form')");
  }

  /**
   * Ann says something in Slack until it is answered: on a machine that is too slow for the three seconds of a command or a window,
   * Slack or the product says so in words, and a person types again.
   */
  private static void answered(Tab chat, String text, String claim) {
    String late =
        "(document.querySelector('#slack').innerText.match(/operation_timeout|Like this:/g)"
            + " || []).length";
    for (int i = 0; i < 10; i++) {
      int before = chat.value(late).asInt();
      say(chat, "slack", Cast.ANN, text);
      chat.await("(" + claim + ") || " + late + " > " + before);
      if (chat.value("!!(" + claim + ")").asBoolean()) {
        return;
      }
    }
    throw new AssertionError("no answer to " + text + ": " + chat.text());
  }

  /** The page of an execution, by the personal link that Ann is given. */
  private static Tab opened(Chromium browser, Tab chat, String execution) throws Exception {
    String link = "[...document.querySelectorAll('#slack a')].map(a => a.href)"
        + ".filter(a => a.includes('/enter/') && a.includes('" + execution + "')).pop()";
    answered(chat, "/oos page " + execution, link);
    Tab page = browser.tab().looksLike(1280, 900, true).open(chat.value(link).asText());
    page.press("main button.main");
    page.await("location.pathname === '/x/" + execution + "'");
    return page;
  }

  private static void as(Tab chat, String room, Cast.Member who) {
    String person = room.equals("slack") ? who.slack() : who.dingtalk();
    chat.await("document.querySelector('#" + room + " select[name=person]').options.length > 0");
    chat.fill("#" + room + " select[name=person]", person);
  }

  private static void say(Tab chat, String room, Cast.Member who, String text) {
    as(chat, room, who);
    chat.fill("#" + room + " input[name=text]", text);
    chat.press("#" + room + " form.say button[type=submit]");
  }

  /** Into the input of a modal that is labelled so. */
  private static void fill(Tab chat, String label, String text) {
    String labelled = "[...document.querySelectorAll('.modal label')].filter(l => "
        + "l.innerText.trim().startsWith(" + Tab.quoted(label) + ")).pop()";
    chat.await(labelled);
    chat.fill("[id=" + Tab.quoted(chat.value(labelled + ".htmlFor").asText()) + "]", text);
  }

  /** The execution that the newest message with such words is about. */
  private static String execution(Tab chat, String words) {
    return chat.value(
            "[...document.querySelectorAll('#slack .entry')].map(e => e.innerText).filter(t => "
                + "t.includes(" + Tab.quoted(words) + ")).pop().match(/exec-[a-z2-7]{26}/)[0]")
        .asText();
  }

  private static void configure(DataDirectory directory) throws Exception {
    try (InputStream in = Machine.class.getResourceAsStream("chatops.yaml")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("language: LANGUAGE", "language: en")
              .replace(
                  "approvers: [\"slack:T0001/U0002\", \"dingtalk:dingcorp0001/staff02\"]",
                  "approvers: [\"slack:T0001/U0002\", \"dingtalk:dingcorp0001/staff02\", \"dingtalk:dingcorp0001/staff03\"]")
              .replace("templates: [ECS-DescribeInstances]", "templates: [\"ECS-*\"]")
              .replace("  requesterMayApprove: false", "  requesterMayApprove: false\n  needed: 2")
          + "\npeople:\n"
          + "  \"slack:T0001/U0002\": {ramUser: Bo}\n"
          + "  \"dingtalk:dingcorp0001/staff02\": {ramUser: Bo}\n"
          + "  \"dingtalk:dingcorp0001/staff03\": {ramUser: Cleo}\n";
      Files.writeString(directory.path().resolve("chatops.yaml"), text);
    }
  }
}
