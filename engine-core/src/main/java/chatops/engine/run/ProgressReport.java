package chatops.engine.run;

import chatops.engine.execution.Execution;
import chatops.engine.execution.Request;
import chatops.engine.execution.TaskExecution;
import chatops.engine.expression.JsonText;
import chatops.engine.id.TaskPath;
import chatops.engine.notice.Notice;
import chatops.engine.notice.Notifier;
import chatops.engine.view.Views;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows people what running tasks say of themselves: only what is new, and only now and then. It is kept nowhere and tried once; what it lacks the end tells. Lives as long as
 * its worker.
 */
final class ProgressReport {
  private static final Duration PACE = Duration.ofSeconds(3);
  private static final int MOST_TASKS = 8;
  private static final int LINES_OF_ONE = 20;
  private static final int LINES_OF_SEVERAL = 4;
  private static final int LONGEST_LINE = 200;

  private final Notifier notifier;
  private final Ledger ledger;
  private final Map<TaskPath, String> texts = new TreeMap<>();
  private String told = "";
  private Instant toldAt = Instant.EPOCH;
  private int number;

  ProgressReport(Notifier notifier, Ledger ledger) {
    this.notifier = notifier;
    this.ledger = ledger;
  }

  /** Takes what this turn learnt, and tells it when it is time. */
  void tell(Turn turn) {
    texts.putAll(turn.progress());
    texts.keySet().removeIf(path -> {
      TaskExecution run = ledger.task(path);
      return run == null || run.status().isFinal();
    });
    if (texts.isEmpty() || turn.now().isBefore(toldAt.plus(PACE))) {
      return;
    }
    String text = Views.mask(ledger.execution()).text(text());
    if (text.equals(told) || text.isBlank()) {
      return;
    }
    told = text;
    toldAt = turn.now();
    try {
      notifier.tell(notice(text, turn.now()));
    } catch (RuntimeException untold) {
      // the next one says more, and the end says all
    }
  }

  private Notice notice(String text, Instant now) {
    Execution e = ledger.execution();
    Request request = e.request();
    TaskPath first = texts.keySet().iterator().next();
    TaskExecution loop = loop(first);
    int total = loop == null || loop.loop() == null ? 0 : loop.loop().items().size();
    long done = loop == null
        ? 0
        : ledger.items(loop.path()).values().stream()
            .filter(item -> item.status().isFinal())
            .count();
    return new Notice.Progress(
        new Notice.Envelope(
            Digest.id(e.id().value(), "PROGRESS", now.toString(), String.valueOf(number++)),
            e.id(),
            request.template().name(),
            request.startedBy().id(),
            request.replyAddress(),
            request.origin(),
            now),
        ledger.known(first).name(),
        text,
        (int) done,
        total);
  }

  private String text() {
    StringJoiner text = new StringJoiner("\n");
    int shown = 0;
    for (Map.Entry<TaskPath, String> entry : texts.entrySet()) {
      String label = label(entry.getKey());
      if (shown++ == MOST_TASKS) {
        text.add("… +" + (texts.size() - MOST_TASKS));
        break;
      }
      if (!label.isEmpty()) {
        text.add("▸ " + label);
      }
      last(entry.getValue(), texts.size() == 1 ? LINES_OF_ONE : LINES_OF_SEVERAL)
          .forEach(text::add);
    }
    return text.toString();
  }

  private static List<String> last(String text, int count) {
    List<String> lines = text.strip().lines().toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size()).stream()
        .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)
        .toList();
  }

  /** The item of the outermost loop that the task runs for. */
  private String label(TaskPath path) {
    TaskPath outermost = outermost(path);
    TaskExecution run = ledger.task(outermost);
    JsonNode item = run == null ? null : run.loopItem();
    return item == null ? "" : item.isValueNode() ? item.asText() : JsonText.brief(item);
  }

  private @Nullable TaskExecution loop(TaskPath path) {
    TaskPath outermost = outermost(path);
    return outermost.value().indexOf('.') < 0 ? null : ledger.task(outermost.loop());
  }

  private static TaskPath outermost(TaskPath path) {
    int slash = path.value().indexOf('/');
    return slash < 0 ? path : new TaskPath(path.value().substring(0, slash));
  }
}
