package chatops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host is killed while executions wait for their approvals; the next one on the same directory goes on. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KilledHostTest {
  private static final Path TEMPLATES =
      Path.of(System.getProperty("chatops.root", "..")).toAbsolutePath().resolve("templates");
  private static final Pattern EXECUTION = Pattern.compile("exec-[a-z2-7]{26}");
  private static final Pattern LINK =
      Pattern.compile("http://127\\.0\\.0\\.1:\\d+/approvals/[A-Za-z0-9._~-]+");

  @TempDir
  Path folder = Path.of("");

  private final Set<String> calls = new HashSet<>();

  private record Waiting(String execution, URI link, String entry, String button) {}

  @Test
  void an_approval_given_after_the_kill_still_works_by_button_by_command_and_by_link()
      throws Exception {
    Waiting byButton;
    Waiting byCommand;
    Waiting byLink;
    try (HostProcess first =
        HostProcess.start(folder.resolve("kept"), TEMPLATES, folder.resolve("first"))) {
      byButton = ask(first.page());
      byCommand = ask(first.page());
      byLink = ask(first.page());
      first.kill();
    }

    try (HostProcess second =
        HostProcess.start(folder.resolve("kept"), TEMPLATES, folder.resolve("second"))) {
      PageClient page = second.page();
      awaitStatus(page, byCommand.execution(), "Waiting");

      page.press(byButton.entry(), "U0002", "approve", byButton.button());
      awaitStatus(page, byButton.execution(), "Success");

      page.say("slack", "U0002", "/oos approve " + byCommand.execution());
      awaitStatus(page, byCommand.execution(), "Success");

      ApprovalVisit visit = new ApprovalVisit(byLink.link());
      visit.open();
      visit.decide("approve");
      assertThat(visit.status()).isEqualTo(303);
      awaitStatus(page, byLink.execution(), "Success");
      assertThat(calls).contains("Ecs RebootInstance");
    }
  }

  /** Starts the bulk reboot of one instance and waits until its approval is wanted. */
  private static Waiting ask(PageClient page) throws Exception {
    String suggestion = "";
    for (JsonNode each : page.state().path("slack").path("suggestions")) {
      if (each.asText().contains("WithApproval")) suggestion = each.asText();
    }
    String before = page.state().toString();
    page.say("slack", "U0001", suggestion);
    return page.awaitSlack("the message with the buttons", entry -> {
      Matcher execution = EXECUTION.matcher(entry.toString());
      Matcher link = LINK.matcher(entry.toString());
      boolean isNew = entry.toString().contains("\"approve\"")
          && execution.find()
          && !before.contains(execution.group());
      return isNew && link.find()
          ? Optional.of(new Waiting(
              execution.group(),
              URI.create(link.group()),
              entry.path("id").asText(),
              button(entry)))
          : Optional.empty();
    });
  }

  private static String button(JsonNode entry) {
    for (JsonNode element : entry.findValues("elements")) {
      for (JsonNode each : element) {
        if (each.path("action_id").asText().equals("approve"))
          return each.path("value").asText();
      }
    }
    throw new AssertionError("no approve button in " + entry);
  }

  private void awaitStatus(PageClient page, String execution, String status) throws Exception {
    String shown = "";
    for (int i = 0; i < 60 && !shown.contains(status); i++) {
      shown = shown(page, execution);
      // the page keeps the latest only
      calls.addAll(page.state().path("calls").findValuesAsText("api"));
      if (!shown.contains(status)) Thread.sleep(1000);
    }
    assertThat(shown).contains(status);
  }

  /** The answer to {@code /oos show}, asked anew. */
  private static String shown(PageClient page, String execution) throws Exception {
    String before = page.state().path("slack").toString();
    page.say("slack", "U0001", "/oos show " + execution);
    return page.awaitSlack("the answer to /oos show", entry -> {
      boolean isAnswer = entry.has("message")
          && entry.toString().contains(execution)
          && !before.contains(entry.path("id").asText())
          && !entry.toString().contains("📨");
      return isAnswer ? Optional.of(entry.toString()) : Optional.empty();
    });
  }
}
