package chatops.front.slack;

import chatops.chat.Language;
import chatops.chat.json.JsonWriter;
import chatops.chat.render.Message;
import chatops.chat.render.SlackBlocks;
import chatops.chat.render.SlackViews;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.slack.SlackClient;
import chatops.chat.text.Texts;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.chat.url.WebPost;
import chatops.front.chat.Dialog;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Slack's modals: opened by the bot token within the three seconds a trigger lives, answered when they are sent. Thread-safe. */
final class SlackDialogs {
  private static final int OPTIONS = 100;

  private final @Nullable SlackClient client;
  private final UrlGuard urls;
  private final Texts texts;
  private final SlackViews views;
  private final FrontLog log;

  /** @param client null without a bot token: then no modal opens */
  SlackDialogs(@Nullable SlackClient client, UrlGuard urls, Texts texts, FrontLog log) {
    this.client = client;
    this.urls = urls;
    this.texts = texts;
    this.views = new SlackViews(texts);
    this.log = log;
  }

  boolean open(Dialog dialog, String trigger, Duration limit) {
    if (client == null || trigger.isEmpty()) {
      return false;
    }
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("trigger_id", trigger);
    call.put("view", view(dialog));
    SlackClient.Answer answer = client.call("views.open", call, limit);
    log.line("views.open fate=" + answer.fate().name() + " error=" + answer.error());
    return answer.isDone();
  }

  HttpReply show(Dialog dialog) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("response_action", "update");
    reply.put("view", view(dialog));
    return HttpReply.json(reply);
  }

  private Map<String, Object> view(Dialog dialog) {
    if (dialog instanceof Dialog.Form) {
      Dialog.Form form = (Dialog.Form) dialog;
      return views.form(
          form.language(),
          form.command(),
          form.form(),
          form.given(),
          form.wrong(),
          form.regions(),
          form.context());
    }
    if (dialog instanceof Dialog.Choice) {
      Dialog.Choice choice = (Dialog.Choice) dialog;
      return views.choice(
          choice.language(), choice.templates(), choice.asksChannel(), choice.context());
    }
    if (dialog instanceof Dialog.Waiting) {
      Dialog.Waiting waiting = (Dialog.Waiting) dialog;
      Map<String, Object> view = views.said(waiting.language(), waiting.message(), false);
      view.put("private_metadata", waiting.context());
      if (!waiting.id().isEmpty()) {
        view.put("external_id", waiting.id());
      }
      return view;
    }
    Dialog.Told told = (Dialog.Told) dialog;
    return views.said(told.language(), told.message(), true);
  }

  static HttpReply wrong(Map<String, String> errors) {
    Map<String, String> byBlock = new LinkedHashMap<>();
    for (Map.Entry<String, String> error : errors.entrySet()) {
      byBlock.put(SlackViews.PARAMETER + error.getKey(), error.getValue());
    }
    return errors(byBlock);
  }

  HttpReply noTemplate(Language language) {
    return errors(Map.of(SlackViews.OTHER, texts.say(language, "form.wrong.missing")));
  }

  private static HttpReply errors(Map<String, String> byBlock) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("response_action", "errors");
    reply.put("errors", byBlock);
    return HttpReply.json(reply);
  }

  static HttpReply choices(List<String> names) {
    List<Object> options = new ArrayList<>();
    for (String name : names.subList(0, Math.min(OPTIONS, names.size()))) {
      options.add(SlackViews.option(name));
    }
    return HttpReply.json(Map.of("options", options));
  }

  /** By the address that came with the press or the shortcut, which needs no token. */
  boolean tell(ReplyAddress address, Message message, Duration limit) {
    if (address.url().isEmpty() || limit.toMillis() < 1) {
      return false;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("response_type", "ephemeral");
    json.put("replace_original", false);
    json.putAll(SlackBlocks.render(message));
    try {
      WebPost.Answer answer = WebPost.send(
          urls.check(address.url()),
          "POST",
          Map.of("Content-Type", "application/json; charset=utf-8"),
          JsonWriter.bytes(json),
          limit);
      log.line("response_url status=" + answer.status());
      return answer.status() == 200;
    } catch (UrlRefusedException | IOException e) {
      // the message of the error can hold the address
      log.line("response_url no answer error=" + e.getClass().getSimpleName());
      return false;
    }
  }
}
