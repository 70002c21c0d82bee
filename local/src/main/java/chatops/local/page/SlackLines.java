package chatops.local.page;

import chatops.cloudsim.slack.Interaction;
import chatops.cloudsim.slack.SlackWorkspace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Types slash commands and remembers what was typed, because Slack itself shows a command to nobody. Thread-safe. */
public final class SlackLines {
  /** What one person typed. */
  record Line(long number, Instant at, String user, String channel, String text) {}

  private static final int KEPT = 200;

  private final List<Line> typed = new CopyOnWriteArrayList<>();
  private final AtomicLong number = new AtomicLong();
  private final SlackWorkspace slack;
  private final InstantSource clock;

  public SlackLines(SlackWorkspace slack, InstantSource clock) {
    this.slack = slack;
    this.clock = clock;
  }

  /** Sends the command as a signed request and waits for the acknowledgement. */
  public Interaction say(String user, String channel, String text) {
    typed.add(new Line(number.incrementAndGet(), clock.instant(), user, channel, text));
    if (typed.size() > KEPT) typed.remove(0);
    return slack.command(user, channel, text);
  }

  List<Line> in(String channel) {
    return typed.stream().filter(line -> line.channel().equals(channel)).toList();
  }
}
