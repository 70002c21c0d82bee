package chatops.local.demo;

import chatops.local.text.Texts;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells on the terminal what the demo does, and counts how its steps ended. Used by one thread. */
public final class Narration {
  /** What one step does and checks. */
  interface Act {
    void play(Step step) throws Exception;
  }

  private final PrintStream out;
  private final Texts texts;
  private int ok;
  private int failed;

  public Narration(PrintStream out, Texts texts) {
    this.out = out;
    this.texts = texts;
  }

  Texts texts() {
    return texts;
  }

  public void say(String line) {
    out.println(line);
    out.flush();
  }

  void part(String title) {
    say("");
    say(title);
  }

  /** Plays one step; whatever goes wrong in it is told and counted, and the demo goes on. Returns whether it was ok. */
  boolean step(String title, Act act) {
    int number = ok + failed + 1;
    long start = System.nanoTime();
    say(String.format(Locale.ROOT, "%3d  %s", number, title));
    Step step = new Step(this, new AtomicBoolean(true));
    try {
      act.play(step);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      step.fail(texts.get("demo.interrupted"));
    } catch (Exception e) {
      step.fail(e instanceof StepFailure ? String.valueOf(e.getMessage()) : e.toString());
    }
    String elapsed = seconds(System.nanoTime() - start);
    if (step.isOk()) {
      ok++;
      say("     " + texts.get("demo.ok", elapsed));
    } else {
      failed++;
      say("     " + texts.get("demo.failed", elapsed));
    }
    return step.isOk();
  }

  /** How many steps failed so far. */
  public int failed() {
    return failed;
  }

  /** The last line: the same in every language, for programs that read it. */
  public String summary() {
    return "demo: " + ok + " steps ok, " + failed + " failed";
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }
}
