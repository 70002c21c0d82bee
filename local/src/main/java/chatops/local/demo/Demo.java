package chatops.local.demo;

import chatops.chat.Language;
import chatops.cloudsim.ecs.Pace;
import chatops.execution.sqlite.OwnerOnly;
import chatops.local.host.DataDirectory;
import chatops.local.host.HostException;
import chatops.local.host.Machine;
import chatops.local.page.PageServer;
import chatops.local.page.SimulatedRooms;
import chatops.local.page.SlackLines;
import chatops.local.page.StartToken;
import chatops.local.text.Texts;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One run of the demo: a machine with its chat page, the scenario on the terminal, and an orderly end. */
public final class Demo implements AutoCloseable {
  /**
   * @param port of the chat page, 0 for any
   * @param generation of FC's API: 2 or 3
   * @param keep directory to keep everything in; null for a temporary one
   * @param desk socket of the command line, for other users of the machine; null for the host's owner alone
   * @param templates folder of the shipped templates
   * @param pace of the simulated instances
   */
  public record Plan(
      int port,
      Language language,
      int generation,
      @Nullable Path keep,
      @Nullable Path desk,
      Path templates,
      Pace pace) {
    /** At the pace of a rehearsal. */
    public Plan(
        int port,
        Language language,
        int generation,
        @Nullable Path keep,
        @Nullable Path desk,
        Path templates) {
      this(port, language, generation, keep, desk, templates, Machine.PACE);
    }
  }

  private final Texts texts;
  private final Narration narration;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Machine machine;
  private final SlackLines lines;
  private final PageServer page;
  private final Path examples;

  private Demo(Plan plan, PrintStream out) throws IOException {
    long start = System.nanoTime();
    texts = Texts.in(plan.language());
    narration = new Narration(out, texts);
    narration.say(texts.get("demo.title", plan.generation()));
    Path keep = plan.keep();
    DataDirectory directory = keep == null ? DataDirectory.temporary() : DataDirectory.kept(keep);
    parts.push(directory);
    try {
      page = new PageServer(plan.port(), texts, StartToken.fresh(new SecureRandom()));
      parts.push(page);
      PrintStream log = log(directory);
      parts.push(log);
      machine = Machine.start(new Machine.Plan(
          directory,
          plan.language(),
          plan.generation(),
          plan.templates(),
          plan.desk(),
          plan.pace(),
          log));
      parts.push(machine);
    } catch (BindException e) {
      close();
      throw new HostException(texts.get("demo.port.taken", plan.port()), e);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    examples = plan.templates().resolveSibling("extensions");
    lines = new SlackLines(machine.cloud().slack(), InstantSource.system());
    page.serve(new SimulatedRooms(machine, lines, texts));
    narration.say(texts.get("demo.place", texts.get("demo.front"), machine.frontUrl()));
    narration.say(
        texts.get("demo.place", texts.get("demo.cloud"), machine.cloud().openApiUrl()));
    narration.say(texts.get("demo.place", texts.get("demo.store"), machine.store()));
    narration.say(texts.get("demo.started", Narration.seconds(System.nanoTime() - start)));
  }

  /** @throws HostException when it cannot start; the message says why and what to do */
  public static Demo start(Plan plan, PrintStream out) throws IOException {
    return new Demo(plan, out);
  }

  private static PrintStream log(DataDirectory directory) throws IOException {
    Path file = directory.path().resolve("functions.log");
    OwnerOnly.file(file);
    return new PrintStream(
        Files.newOutputStream(file, StandardOpenOption.APPEND), true, StandardCharsets.UTF_8);
  }

  /** Plays the scenario. */
  public void play() {
    play(null);
  }

  /** Plays one part of it, whole; all parts where none is named. */
  public void play(Scenario.@Nullable Part only) {
    new Scenario(machine, lines, narration, InstantSource.system(), examples).play(only);
  }

  /** Tells where the chat page is; the address carries the start token. */
  public void invite() {
    narration.say(narration.summary());
    narration.say("");
    narration.say(texts.get("demo.serving", page.invitation()));
    narration.say(texts.get("demo.desk", machine.store().resolveSibling("")));
    narration.say(texts.get("demo.serving.hint"));
  }

  /** Tells the count as the last line, and whether every step was ok. */
  public boolean finish() {
    close();
    narration.say(narration.summary());
    return narration.failed() == 0;
  }

  public Machine machine() {
    return machine;
  }

  public URI pageAddress() {
    return page.invitation();
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        narration.say(texts.get("demo.unclosed", e.toString()));
      }
    }
  }
}
