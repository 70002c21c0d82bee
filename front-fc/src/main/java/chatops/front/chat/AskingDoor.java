package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.command.Command;
import chatops.chat.command.Mistake;
import chatops.chat.command.Parsed;
import chatops.chat.command.Verbs;
import chatops.chat.form.FormCheck;
import chatops.chat.form.FormContext;
import chatops.chat.form.FormField;
import chatops.chat.form.FormProblem;
import chatops.chat.form.FormWording;
import chatops.chat.form.TemplateForm;
import chatops.chat.reply.Seal;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Verdict;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commands that lack something: the person is asked in a window where the platform has windows, and told in words what is missing
 * where it has none or the window does not open. No command that is complete comes further than {@link #beforeRun}. Thread-safe.
 */
final class AskingDoor {
  /** What is left of a platform's three seconds after the way here and before the way back. */
  private static final Duration BUDGET = Duration.ofMillis(2300);

  /** Less is not worth a connection. */
  private static final Duration LEAST = Duration.ofMillis(300);

  private final LiveRights rights;
  private final Authority authority;
  private final Seal seal;
  private final HandingOver handingOver;
  private final Wording wording;
  private final KnownForms forms;
  private final FormWording formWording;
  private final FormCheck check;
  private final InstantSource clock;
  private final FrontLog log;

  AskingDoor(
      LiveRights rights,
      Authority authority,
      Seal seal,
      HandingOver handingOver,
      Wording wording,
      KnownForms forms,
      FormWording formWording,
      FormCheck check,
      InstantSource clock,
      FrontLog log) {
    this.rights = rights;
    this.authority = authority;
    this.seal = seal;
    this.handingOver = handingOver;
    this.wording = wording;
    this.forms = forms;
    this.formWording = formWording;
    this.check = check;
    this.clock = clock;
    this.log = log;
  }

  /** A command without the words it needs. */
  HttpReply incomplete(
      ChatPlatform platform,
      Incoming.Said said,
      Parsed.Incomplete incomplete,
      Language language,
      Instant since) {
    Command command = incomplete.command();
    Mistake mistake = incomplete.mistake();
    Verbs.Verb verb = Verbs.named(command.name());
    if (verb == null || verb.takes() == Verbs.Takes.WORDS || !platform.hasDialogs()) {
      return platform.acknowledge(said, wording.mistake(language, mistake));
    }
    Verdict.Denied denied = authority.denied(said.principal(), said.place(), command);
    if (denied != null) {
      return platform.acknowledge(said, wording.denied(language, command, denied));
    }
    String context = context(said, command, "", language);
    Dialog dialog = verb.takes() == Verbs.Takes.TEMPLATE
        ? new Dialog.Choice(
            language, forms.runnable(said.principal(), said.place()), false, context)
        : form(language, forms.of(verb), command, Map.of(), List.of(), context);
    return open(platform, said, dialog, context, since)
        ? platform.quiet()
        : platform.acknowledge(said, wording.mistake(language, mistake));
  }

  /** A template that is to run. @return null when nothing is missing as far as is known here, so that it runs */
  @Nullable
  HttpReply beforeRun(
      ChatPlatform platform,
      Incoming.Said said,
      Command command,
      Language language,
      Instant since) {
    List<String> words = command.arguments().subList(1, command.arguments().size());
    TemplateForm form = forms.of(command);
    if (form == null) {
      return words.isEmpty() && platform.hasDialogs()
          ? waiting(platform, said, command, language, since)
          : null;
    }
    Map<FormField, String> given = given(form, words, command);
    List<FormProblem> problems = check.problems(form, given);
    if (problems.isEmpty()) {
      return null;
    }
    String context = context(said, command, form.template(), language);
    Dialog dialog =
        form(language, form, command, given, wrong(language, form, words, problems), context);
    if (open(platform, said, dialog, context, since)) {
      return platform.quiet();
    }
    String full = formWording.command(
        language, "/" + command.name() + " " + form.template(), form, given, problems);
    List<String> wrong = formWording.wrong(language, problems);
    wrong.addAll(formWording.unknown(language, form, words));
    return platform.acknowledge(said, wording.needsMore(language, command, wrong, full));
  }

  /** A template that only Execution knows: it is handed over first, so that no window waits for nothing. */
  private HttpReply waiting(
      ChatPlatform platform,
      Incoming.Said said,
      Command command,
      Language language,
      Instant since) {
    String executionId = said.event().executionId();
    String id = "w_" + executionId;
    ExecutionGateway.Outcome outcome = handingOver.send(said, command, language, "external:" + id);
    if (outcome.isArrived()) {
      String template = command.arguments().get(0);
      String context = context(said, command, template, language);
      // where it does not open, Execution finds none and answers in words
      open(
          platform,
          said,
          new Dialog.Waiting(
              language, wording.reading(language, template, executionId), id, context),
          context,
          since);
    }
    return platform.acknowledge(said, wording.handedOver(language, command, executionId, outcome));
  }

  /** A shortcut: a person wants to run a template, and says which in the window. */
  HttpReply asked(ChatPlatform platform, Incoming.Asked asked, Instant since) {
    Language language = rights.current().configuration().language(asked.principal(), asked.place());
    Command run = new Command("oos", "run", List.of(), Map.of());
    String context =
        FormContext.of(run, "", asked.place().channel(), language, "", "").toString();
    Dialog dialog = new Dialog.Choice(
        language,
        forms.runnable(asked.principal(), asked.place()),
        asked.place().channel().isEmpty(),
        context);
    if (!platform.open(dialog, asked.trigger(), left(since))) {
      log.line("window did not open person=" + asked.principal().id());
      platform.tell(asked.reply(), wording.noWindow(language), left(since));
    }
    return platform.quiet();
  }

  /** A shortcut of somebody from a workspace that is not ours. */
  HttpReply stranger(ChatPlatform platform, Incoming.Asked asked, Instant since) {
    Language language = rights.current().configuration().language(asked.principal(), asked.place());
    Verdict.Denied denied =
        new Verdict.Denied(Verdict.Reason.TENANT, asked.principal().tenant());
    Command run = new Command("oos", "run", List.of(), Map.of());
    platform.open(
        new Dialog.Told(language, wording.denied(language, run, denied)),
        asked.trigger(),
        left(since));
    return platform.quiet();
  }

  private boolean open(
      ChatPlatform platform, Incoming.Said said, Dialog dialog, String context, Instant since) {
    Duration left = left(since);
    return platform.hasDialogs()
        && context.length() <= FormContext.LONGEST
        && left.compareTo(LEAST) >= 0
        && platform.open(dialog, said.event().key(), left);
  }

  private Duration left(Instant since) {
    return BUDGET.minus(Duration.between(since, clock.instant()));
  }

  private String context(Incoming.Said said, Command command, String template, Language language) {
    String executionId = said.event().executionId();
    String reply = seal.seal(said.reply(), executionId);
    return FormContext.of(command, template, said.place().channel(), language, reply, executionId)
        .toString();
  }

  /** The form with what was given, and with the region where none was. */
  Dialog.Form form(
      Language language,
      TemplateForm form,
      Command command,
      Map<FormField, String> given,
      List<String> wrong,
      String context) {
    Configuration configuration = rights.current().configuration();
    String region = RunRequest.of(command, configuration).region();
    Map<FormField, String> offered = new LinkedHashMap<>();
    for (FormField field : form.fields()) {
      String value = given.get(field);
      if (value == null
          && field.kind() == FormField.Kind.REGION
          && field.initial().isEmpty()) {
        value = region.isEmpty() ? configuration.regions().initial() : region;
      }
      if (value != null) {
        offered.put(field, value);
      }
    }
    String template = command.name().equals("oos run") ? " " + form.template() : "";
    return new Dialog.Form(
        language,
        "/" + command.name() + template,
        form,
        offered,
        wrong,
        configuration.regions().allowed(),
        context);
  }

  /** The words of a command by field; {@code --role} is a parameter, too. */
  private static Map<FormField, String> given(
      TemplateForm form, List<String> words, Command command) {
    List<String> all = new ArrayList<>(words);
    String role = command.options().get("role");
    if (role != null) {
      all.add("OOSAssumeRole=" + role);
    }
    return form.given(all);
  }

  /** What is wrong with what was given; what is missing the form shows by itself. */
  private List<String> wrong(
      Language language, TemplateForm form, List<String> words, List<FormProblem> problems) {
    List<FormProblem> given = new ArrayList<>();
    for (FormProblem problem : problems) {
      if (problem.kind() != FormProblem.Kind.MISSING) {
        given.add(problem);
      }
    }
    List<String> lines = formWording.wrong(language, given);
    lines.addAll(formWording.unknown(language, form, words));
    return lines;
  }
}
