package chatops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.slack.Interaction;
import chatops.local.host.Machine;
import chatops.local.page.SlackLines;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ann in the channel of a machine: what she says, and what comes of it. */
final class Talk {
  private static final Pattern EXECUTION = Pattern.compile("exec-[a-z2-7]{26}");

  private final Machine machine;
  private final SlackLines lines;
  private final Duration patience;

  /** @param patience how long anything is waited for */
  Talk(Machine machine, Duration patience) {
    this.machine = machine;
    this.lines = new SlackLines(machine.cloud().slack(), InstantSource.system());
    this.patience = patience;
  }

  /** @return what is shown of it at once */
  String shown(String line) {
    Interaction interaction = lines.say("U0001", "C0001", line);
    return interaction.shown().map(Readable::of).orElse(interaction.answer());
  }

  /** @return the execution that it starts */
  String say(String line) {
    String shown = shown(line);
    Matcher matcher = EXECUTION.matcher(shown);
    assertThat(matcher.find()).as(line + ": " + shown).isTrue();
    return matcher.group();
  }

  /** The whole of the result: the execution's own message, once it is edited, only says how it ended. */
  String result(String execution) throws InterruptedException {
    return await(() -> machine.cloud().slack().channels().messages("C0001").stream()
        .filter(message -> message.threadTs().isPresent() || message.edits() == 0)
        .map(Readable::of)
        .filter(text -> text.contains(execution) && !text.contains("cancelling"))
        .filter(text -> text.matches("(?s)\\s*[✅❌🚫⛔].*"))
        .reduce((before, last) -> last));
  }

  <T> T await(Supplier<Optional<T>> look) throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    while (Instant.now().isBefore(end)) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("it never came");
  }
}
