package chatops.front.page;

import chatops.chat.Platform;
import chatops.chat.command.Command;
import chatops.chat.handover.ApprovalView;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.link.PageAddresses;
import chatops.chat.rights.LiveRights;
import chatops.chat.text.Texts;
import chatops.chat.view.SubmittedView;
import chatops.chat.view.TimelineView;
import chatops.chat.view.ViewJson;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.Form;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of an execution: shown to people who may use {@code /oos show} on it, and looked at again and again by the script while it
 * runs. A form on it does what the command of its name does in the chat. Thread-safe.
 */
final class ExecutionDoor {
  private final LiveRights rights;
  private final Forms forms;
  private final ExecutionGateway gateway;
  private final ExecutionPage execution;
  private final SaidPage page;
  private final Parts parts;
  private final InstantSource clock;
  private final FrontLog log;

  ExecutionDoor(
      LiveRights rights,
      Forms forms,
      ExecutionGateway gateway,
      Texts texts,
      InstantSource clock,
      FrontLog log) {
    this.rights = rights;
    this.forms = forms;
    this.gateway = gateway;
    this.execution = new ExecutionPage(texts);
    this.page = new SaidPage(texts);
    this.parts = new Parts(texts);
    this.clock = clock;
    this.log = log;
  }

  HttpReply answer(HttpRequest request, Look look, String executionId) {
    if (request.isGetOrHead()) {
      return show(request, look, executionId);
    }
    return request.method().equals("POST")
        ? act(request, look, executionId)
        : HttpReply.notAllowed("GET, HEAD, POST");
  }

  private HttpReply show(HttpRequest request, Look look, String executionId) {
    boolean isPart = !request.parameter("part").isEmpty();
    String had = isPart ? unquoted(request.header("If-None-Match")) : "";
    TimelineView view;
    try {
      byte[] answer = gateway.ask(new HandOver.Ask(
          "timeline", executionId, had, look.principal(), look.place(), look.language(), Map.of()));
      view = ViewJson.read(answer, TimelineView.class);
    } catch (IOException | HandOverException e) {
      log.line("unanswered execution=" + executionId + " reason=" + e.getMessage());
      return page.say(503, look, "noAnswer");
    }
    switch (view.verdict()) {
      case "same":
        return HttpReply.empty(304).with("ETag", quoted(view.edition()));
      case "denied":
        return page.said(403, look, parts.say(look, "denied"), view.why(), "", "");
      case "seen":
        break;
      default:
        return page.say(404, look, "noExecution", executionId);
    }
    LinkedSubject.FormToken form = forms.token(subject(look, executionId));
    return (isPart ? execution.part(look, view, form) : execution.show(look, view, form))
        .with("ETag", quoted(view.edition()));
  }

  private static String subject(Look look, String executionId) {
    return PageAddresses.EXECUTION + executionId + look.reader();
  }

  private static String quoted(String edition) {
    return "\"" + edition + "\"";
  }

  private static String unquoted(String tag) {
    return tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")
        ? tag.substring(1, tag.length() - 1)
        : "";
  }

  private HttpReply act(HttpRequest request, Look look, String executionId) {
    Forms.Sent sent;
    HandOver message;
    try {
      sent = forms.read(request, subject(look, executionId));
      if (sent == null) {
        return page.say(403, look, "foreignForm");
      }
      message = message(look, executionId, sent);
    } catch (Form.MalformedForm e) {
      message = null;
      sent = null;
    }
    if (message == null || sent == null) {
      return page.say(400, look, "badForm");
    }
    try {
      byte[] answer = gateway.ask(message);
      log.line("form person=" + look.person() + " execution=" + executionId + " does="
          + sent.fields().get("act"));
      return message instanceof HandOver.Decide
          ? decided(look, executionId, ApprovalView.fromJson(answer), sent)
          : done(look, executionId, ViewJson.read(answer, SubmittedView.class));
    } catch (IOException | HandOverException e) {
      log.line("unanswered execution=" + executionId + " reason=" + e.getMessage());
      return page.say(202, look, "notConfirmed");
    }
  }

  /** Null when the form says nothing that can be done. */
  private @Nullable HandOver message(Look look, String executionId, Forms.Sent sent) {
    Form form = sent.fields();
    String reason = form.get("reason").strip();
    if (reason.length() > ApprovalPage.LONGEST_REASON) {
      return null;
    }
    switch (form.get("act")) {
      case "approve":
      case "reject":
        return new HandOver.Decide(
            sent.decisionId(),
            executionId,
            form.get("approval"),
            form.get("act").equals("approve"),
            reason,
            look.principal(),
            look.place(),
            look.language(),
            clock.instant(),
            "",
            null);
      case "cancel":
      case "pause":
        return command(look, sent, form.get("act"), executionId, reason);
      case "resume":
        return command(look, sent, "resume", executionId, "");
      case "retry":
      case "skip":
        return again(look, sent, executionId);
      case "answer":
        String answer = form.get("answer");
        return LinkedQuestion.ANSWERS.contains(answer)
            ? command(look, sent, answer, executionId, form.get("question"))
            : null;
      default:
        return null;
    }
  }

  private @Nullable HandOver again(Look look, Forms.Sent sent, String executionId) {
    Form form = sent.fields();
    List<String> words = new ArrayList<>();
    words.add(executionId);
    if (!form.get("task").isEmpty()) {
      words.add(form.get("task"));
    }
    for (String line : form.get("changes").split("\n", -1)) {
      if (line.isBlank()) {
        continue;
      }
      if (line.indexOf('=') < 1) {
        return null;
      }
      words.add(line.strip());
    }
    return submit(look, sent, new Command("oos", form.get("act"), words, Map.of()));
  }

  private HandOver command(
      Look look, Forms.Sent sent, String verb, String executionId, String more) {
    List<String> words = more.isEmpty() ? List.of(executionId) : List.of(executionId, more);
    return submit(look, sent, new Command("oos", verb, words, Map.of()));
  }

  private HandOver submit(Look look, Forms.Sent sent, Command command) {
    return new HandOver.Submit(new HandOver.Run(
        new EventKey(Platform.WEB, "", sent.decisionId()).executionId(),
        look.principal(),
        look.place(),
        command,
        look.language(),
        clock.instant(),
        rights.current().hash(),
        "",
        null));
  }

  private HttpReply decided(Look look, String executionId, ApprovalView view, Forms.Sent sent) {
    String decision = sent.fields().get("act");
    boolean isMine = view.decision().isEmpty() || view.decision().equals(decision);
    boolean isRefused = !isMine || view.decision().isEmpty() && view.whyNot().equals("approvers");
    boolean isReasonWanted = view.decidable()
        && sent.fields().get("reason").isBlank()
        && (view.reasonFor().equals("both")
            || view.reasonFor().equals("rejection") && decision.equals("reject"));
    if (isReasonWanted) {
      return page.say(400, look, "reasonNeeded");
    }
    return isRefused
        ? back(409, look, executionId, parts.say(look, "notDecided"), whyNot(look, view))
        : HttpReply.empty(303).with("Location", look.to(PageAddresses.EXECUTION + executionId));
  }

  private String whyNot(Look look, ApprovalView view) {
    return view.decision().isEmpty()
        ? parts.say(look, "why.notYou")
        : parts.say(look, "why.decided");
  }

  private HttpReply done(Look look, String executionId, SubmittedView view) {
    return view.isDone()
        ? HttpReply.empty(303).with("Location", look.to(PageAddresses.EXECUTION + executionId))
        : back(409, look, executionId, view.title(), view.text());
  }

  private HttpReply back(int status, Look look, String executionId, String title, String text) {
    return page.said(
        status,
        look,
        title,
        text,
        look.to(PageAddresses.EXECUTION + executionId),
        parts.say(look, "back"));
  }
}
