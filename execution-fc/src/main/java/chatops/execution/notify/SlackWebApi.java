package chatops.execution.notify;

import chatops.chat.render.SlackBlocks;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.slack.SlackClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slack's Web API with a bot token: one message for each thread, posted once ({@code chat.postMessage}) and edited in place from then
 * on ({@code chat.update}); results in its thread; {@code chat.postEphemeral} for one person. One post a second in a channel
 * (docs.slack.dev, "Rate limits"), and none while Slack wants to be left alone. Thread-safe.
 */
public final class SlackWebApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POSTS_APART = Duration.ofSeconds(1);

  /** 50 edits a minute and more (Tier 3): what only shows progress leaves room for what tells an end. */
  private static final Duration EDITS_APART = Duration.ofMillis(1100);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String EDITS = "edits";
  private static final int KEPT = 1000;

  /** Errors by which Slack says that there is nothing to edit any more. */
  private static final List<String> GONE =
      List.of("message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found");

  private final SlackClient client;
  private final Pace posts;
  private final Pace edits;

  /** Messages of executions that do not carry them yet; forgotten with the process. */
  private final Map<String, String> messages = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
      return size() > KEPT;
    }
  };

  public SlackWebApi(SlackClient client, InstantSource clock, Pause pause) {
    this.client = client;
    this.posts = new Pace(clock, pause, POSTS_APART, PATIENCE);
    this.edits = new Pace(clock, pause, EDITS_APART, PATIENCE);
  }

  /** For the person alone. */
  Delivery whisper(ReplyAddress address, Letter letter) {
    Map<String, Object> json = rendered(letter, false);
    json.put("channel", address.channel());
    json.put("user", address.user());
    return delivery("chat.postEphemeral", paced("chat.postEphemeral", json, posts, address));
  }

  Sent send(ReplyAddress address, Letter letter, Correspondence known) {
    String ts = message(letter.thread(), known);
    if (ts == null) {
      return post(address, letter, known);
    }
    if (letter.isAnew()) {
      return anew(address, letter, known, ts);
    }
    Map<String, Object> json = rendered(letter, letter.summary() != null);
    json.put("channel", address.channel());
    json.put("ts", ts);
    SlackClient.Answer edited = edited(json, letter.isProgress());
    if (GONE.contains(edited.error())) {
      forget(letter.thread());
      return letter.isEdit()
          ? new Sent(Delivery.DONE, known.without(letter.thread()))
          : post(address, letter, known.without(letter.thread()));
    }
    Delivery delivery = delivery("chat.update", edited);
    Correspondence now = known.with(letter.thread(), ts);
    return delivery.isDelivered() && letter.summary() != null
        ? new Sent(reply(address, letter, ts), now)
        : new Sent(delivery, now);
  }

  /** An edit would remind nobody, so it is posted again; what stood there before loses its buttons. */
  private Sent anew(ReplyAddress address, Letter letter, Correspondence known, String earlier) {
    Sent posted = post(address, letter, known);
    if (posted.isDelivered()) {
      Letter quiet = letter.saying(letter.message().withButtons(List.of()));
      Map<String, Object> json = rendered(quiet, false);
      json.put("channel", address.channel());
      json.put("ts", earlier);
      // where this fails, whoever presses there is told how it stands
      edited(json, false);
    }
    return posted;
  }

  /** Changes the thread's message; done where it is not known, or cannot be changed any more. */
  Sent edit(ReplyAddress address, Letter letter, Correspondence known) {
    if (message(letter.thread(), known) == null) {
      return new Sent(Delivery.DONE, known);
    }
    Sent sent = send(address, letter, known);
    return sent.delivery().state() == Delivery.State.DEAD
        ? new Sent(Delivery.DONE, sent.known())
        : sent;
  }

  private Sent post(ReplyAddress address, Letter letter, Correspondence known) {
    Map<String, Object> json = rendered(letter, false);
    json.put("channel", address.channel());
    SlackClient.Answer posted = paced("chat.postMessage", json, posts, address);
    String ts = posted.isDone() ? posted.said().text("ts", "") : "";
    remember(letter.thread(), ts);
    return new Sent(delivery("chat.postMessage", posted), known.with(letter.thread(), ts));
  }

  /** An edit notifies nobody, so the result stands in the thread and names the person who asked. */
  private Delivery reply(ReplyAddress address, Letter letter, String ts) {
    Letter named = address.user().isEmpty() ? letter : letter.mentioning(address.user());
    Map<String, Object> json = rendered(named, false);
    json.put("channel", address.channel());
    json.put("thread_ts", ts);
    return delivery("chat.postMessage", paced("chat.postMessage", json, posts, address));
  }

  private SlackClient.Answer edited(Map<String, Object> json, boolean isProgress) {
    if (isProgress && !edits.isFree(EDITS)) {
      // the next one says more
      return throttled(EDITS_APART);
    }
    Duration wait = edits.await(EDITS);
    if (!wait.isZero()) {
      return throttled(wait);
    }
    SlackClient.Answer answer = client.call("chat.update", json, TIMEOUT);
    if (answer.fate() == SlackClient.Fate.THROTTLED) {
      edits.block(EDITS, answer.retryAfter());
    }
    return answer;
  }

  private SlackClient.Answer paced(
      String method, Map<String, Object> json, Pace pace, ReplyAddress address) {
    Duration wait = pace.await(address.channel());
    if (!wait.isZero()) {
      return throttled(wait);
    }
    SlackClient.Answer answer = client.call(method, json, TIMEOUT);
    if (answer.fate() == SlackClient.Fate.THROTTLED) {
      pace.block(address.channel(), answer.retryAfter());
    }
    return answer;
  }

  private static SlackClient.Answer throttled(Duration wait) {
    return SlackClient.Answer.throttled(wait);
  }

  private static Delivery delivery(String method, SlackClient.Answer answer) {
    if (answer.isDone()) {
      return Delivery.DONE;
    }
    String detail = method + ": " + answer.error();
    return switch (answer.fate()) {
      case REFUSED -> Delivery.dead(detail);
      case THROTTLED -> Delivery.throttled(detail, answer.retryAfter());
      case DONE, FAILED, UNKNOWN -> Delivery.failed(detail);
    };
  }

  private static Map<String, Object> rendered(Letter letter, boolean isSummary) {
    var summary = letter.summary();
    return new HashMap<>(
        SlackBlocks.render(isSummary && summary != null ? summary : letter.message()));
  }

  private @Nullable String message(String thread, Correspondence known) {
    String message = known.message(thread);
    if (message != null || thread.isEmpty()) {
      return message;
    }
    synchronized (messages) {
      return messages.get(thread);
    }
  }

  private void remember(String thread, String ts) {
    if (!thread.isEmpty() && !ts.isEmpty()) {
      synchronized (messages) {
        messages.put(thread, ts);
      }
    }
  }

  private void forget(String thread) {
    synchronized (messages) {
      messages.remove(thread);
    }
  }
}
