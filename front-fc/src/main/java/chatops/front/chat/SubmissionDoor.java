package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.command.Command;
import chatops.chat.form.FormCheck;
import chatops.chat.form.FormContext;
import chatops.chat.form.FormProblem;
import chatops.chat.form.FormWording;
import chatops.chat.form.TemplateForm;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Verdict;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people send from windows: checked beside its inputs as far as the compiled forms go, then rights, then handed over. What
 * only Execution can check makes the window wait for it. Thread-safe.
 */
final class SubmissionDoor {
  private final LiveRights rights;
  private final Authority authority;
  private final Seal seal;
  private final HandingOver handingOver;
  private final Wording wording;
  private final KnownForms forms;
  private final FormWording formWording;
  private final FormCheck check;
  private final AskingDoor asking;
  private final FrontLog log;

  SubmissionDoor(
      LiveRights rights,
      Authority authority,
      Seal seal,
      HandingOver handingOver,
      Wording wording,
      KnownForms forms,
      FormWording formWording,
      FormCheck check,
      AskingDoor asking,
      FrontLog log) {
    this.rights = rights;
    this.authority = authority;
    this.seal = seal;
    this.handingOver = handingOver;
    this.wording = wording;
    this.forms = forms;
    this.formWording = formWording;
    this.check = check;
    this.asking = asking;
    this.log = log;
  }

  HttpReply submitted(ChatPlatform platform, Incoming.Submitted submitted) {
    FormContext context = FormContext.read(submitted.context());
    if (context == null) {
      log.line("settled reason=window of another version");
      Language language =
          rights.current().configuration().language(submitted.principal(), submitted.place());
      return platform.show(new Dialog.Told(language, wording.lost(language)));
    }
    return submitted.isChoice()
        ? chosen(platform, submitted, context)
        : filled(platform, submitted, context);
  }

  /** A template was chosen: its form is next. */
  private HttpReply chosen(
      ChatPlatform platform, Incoming.Submitted submitted, FormContext before) {
    Language language = before.language();
    String template = submitted.template().strip();
    if (template.isEmpty()) {
      return platform.noTemplate(language);
    }
    FormContext context = before.about(template);
    if (!submitted.channel().isEmpty()) {
      // from a shortcut: the channel, and with it the address, is chosen here
      String sealedFor = submitted.event().executionId();
      context = context.in(submitted.channel(), seal.seal(submitted.reply(), sealedFor), sealedFor);
    }
    Place place = place(submitted, context);
    Command command = context.with(List.of(template));
    Verdict.Denied denied = authority.denied(submitted.principal(), place, command);
    if (denied != null) {
      return platform.show(new Dialog.Told(language, wording.denied(language, command, denied)));
    }
    TemplateForm form = forms.of(command);
    if (form != null) {
      return platform.show(
          asking.form(language, form, command, Map.of(), List.of(), context.toString()));
    }
    return handOverAndWait(platform, submitted, context, command);
  }

  private HttpReply filled(
      ChatPlatform platform, Incoming.Submitted submitted, FormContext context) {
    Command bare = context.with(List.of());
    TemplateForm form =
        forms.of(context.template().isEmpty() ? bare : context.with(List.of(context.template())));
    if (form == null) {
      return unchecked(platform, submitted, context);
    }
    FilledForm filled = new FilledForm(
        form,
        submitted.parameters(),
        bare,
        rights.current().configuration().regions().initial());
    Map<String, String> errors = new LinkedHashMap<>();
    for (FormProblem problem : check.problems(form, filled.values())) {
      errors.put(problem.field().name(), formWording.wrong(context.language(), problem));
    }
    if (!errors.isEmpty()) {
      return platform.wrong(errors);
    }
    Command command = filled.command();
    Verdict.Denied denied =
        authority.denied(submitted.principal(), place(submitted, context), command);
    if (denied != null) {
      Language language = context.language();
      return platform.show(new Dialog.Told(language, wording.denied(language, command, denied)));
    }
    return handOver(platform, submitted, context, command, form);
  }

  private HttpReply handOver(
      ChatPlatform platform,
      Incoming.Submitted submitted,
      FormContext context,
      Command command,
      TemplateForm form) {
    Language language = context.language();
    ExecutionGateway.Outcome outcome = send(submitted, context, command, "");
    String executionId = submitted.event().executionId();
    if (outcome.isArrived() || form.fields().isEmpty()) {
      return platform.show(
          new Dialog.Told(language, wording.handedOver(language, command, executionId, outcome)));
    }
    // the window stays as it is, and sent again it carries the same ids: it runs once
    return platform.wrong(
        Map.of(form.fields().get(0).name(), wording.notArrived(language, executionId, outcome)));
  }

  /** The form of a template that only Execution knows. */
  private HttpReply unchecked(
      ChatPlatform platform, Incoming.Submitted submitted, FormContext context) {
    List<String> words = new ArrayList<>(List.of(context.template()));
    for (Map.Entry<String, String> value : submitted.parameters().entrySet()) {
      if (!value.getValue().isBlank()) {
        words.add(value.getKey() + "=" + value.getValue());
      }
    }
    Command command = context.with(words);
    Verdict.Denied denied =
        authority.denied(submitted.principal(), place(submitted, context), command);
    if (denied != null) {
      return platform.show(
          new Dialog.Told(context.language(), wording.denied(context.language(), command, denied)));
    }
    return handOverAndWait(platform, submitted, context, command);
  }

  private HttpReply handOverAndWait(
      ChatPlatform platform, Incoming.Submitted submitted, FormContext context, Command command) {
    Language language = context.language();
    String executionId = submitted.event().executionId();
    ExecutionGateway.Outcome outcome =
        send(submitted, context, command, "view:" + submitted.window());
    return platform.show(
        outcome.isArrived()
            ? new Dialog.Waiting(
                language,
                wording.reading(language, context.template(), executionId),
                "",
                context.toString())
            : new Dialog.Told(
                language, wording.handedOver(language, command, executionId, outcome)));
  }

  private ExecutionGateway.Outcome send(
      Incoming.Submitted submitted, FormContext context, Command command, String dialog) {
    return handingOver.send(
        submitted.principal(),
        place(submitted, context),
        command,
        context.language(),
        submitted.event(),
        reply(submitted, context),
        null,
        dialog);
  }

  private ReplyAddress reply(Incoming.Submitted submitted, FormContext context) {
    if (!context.reply().isEmpty()) {
      try {
        return seal.open(context.reply(), context.sealedFor(), submitted.place().platform());
      } catch (SealException e) {
        log.line("window without its address reason=" + e.getMessage());
      }
    }
    return submitted.reply().in(context.channel());
  }

  private static Place place(Incoming.Submitted submitted, FormContext context) {
    return new Place(submitted.place().platform(), submitted.place().tenant(), context.channel());
  }
}
