package chatops.execution.notify;

import chatops.chat.Language;
import chatops.chat.form.FormField;
import chatops.chat.form.TemplateForm;
import chatops.chat.render.Message;
import chatops.chat.render.SlackViews;
import chatops.chat.slack.SlackClient;
import chatops.chat.text.Texts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Windows on people's screens that wait for us: Slack's modals, changed by the bot token. A window may have been closed, and may not
 * be open yet, because Front opens it after it handed the command over. Thread-safe.
 */
public final class Windows {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String EXTERNAL = "external:";
  private static final String VIEW = "view:";

  /** How often a window is looked for that Front may be opening just now, and how long apart. */
  private static final int LOOKS = 5;

  private static final Duration APART = Duration.ofMillis(700);

  /**
   * A window that was sent shows what Front answers to it, and Slack may still be on the way to that: what is shown earlier would
   * be covered by it.
   */
  private static final Duration FRONT_ANSWERS = Duration.ofMillis(800);

  private final @Nullable SlackClient client;
  private final SlackViews views;
  private final Pause pause;

  /** @param client null without a bot token: then there are no windows */
  public Windows(@Nullable SlackClient client, Texts texts, Pause pause) {
    this.client = client;
    this.views = new SlackViews(texts);
    this.pause = pause;
  }

  /**
   * What the window asks for.
   *
   * @param context comes back with what is sent, see {@link chatops.chat.form.FormContext}
   */
  public record Form(
      String command,
      TemplateForm form,
      Map<FormField, String> given,
      List<String> wrong,
      List<String> regions,
      String context) {}

  /** Says something in the window. @return whether the window shows it */
  public boolean tell(String dialog, Language language, Message message) {
    return update(dialog, views.said(language, message, true));
  }

  /** Asks in the window. @return whether the window shows it */
  public boolean ask(String dialog, Language language, Form form) {
    return update(
        dialog,
        views.form(
            language,
            form.command(),
            form.form(),
            form.given(),
            form.wrong(),
            form.regions(),
            form.context()));
  }

  private boolean update(String dialog, Map<String, Object> view) {
    if (client == null) {
      return false;
    }
    Map<String, Object> call = new LinkedHashMap<>();
    boolean mayOpenYet = dialog.startsWith(EXTERNAL);
    if (mayOpenYet) {
      call.put("external_id", dialog.substring(EXTERNAL.length()));
    } else if (dialog.startsWith(VIEW)) {
      call.put("view_id", dialog.substring(VIEW.length()));
    } else {
      return false;
    }
    call.put("view", view);
    Duration before = mayOpenYet ? Duration.ZERO : FRONT_ANSWERS;
    for (int look = 1; ; look++) {
      if (!passed(before)) {
        return false;
      }
      before = APART;
      SlackClient.Answer answer = client.call("views.update", call, TIMEOUT);
      boolean isWorthAnother = (mayOpenYet && answer.error().equals("not_found"))
          || answer.fate() == SlackClient.Fate.THROTTLED;
      if (answer.isDone() || !isWorthAnother || look == LOOKS) {
        return answer.isDone();
      }
    }
  }

  private boolean passed(Duration time) {
    try {
      if (!time.isZero()) {
        pause.pause(time);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
