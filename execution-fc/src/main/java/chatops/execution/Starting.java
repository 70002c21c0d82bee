package chatops.execution;

import chatops.chat.form.FormCheck;
import chatops.chat.form.FormContext;
import chatops.chat.form.FormProblem;
import chatops.chat.form.FormWording;
import chatops.chat.form.TemplateForm;
import chatops.chat.handover.HandOver;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Rights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Scripts;
import chatops.chat.rights.Verdict;
import chatops.engine.Engine;
import chatops.engine.FrozenException;
import chatops.engine.Prepared;
import chatops.engine.QueueFullException;
import chatops.engine.RefusedException;
import chatops.engine.StartExecution;
import chatops.engine.Started;
import chatops.engine.id.ExecutionId;
import chatops.execution.form.Forms;
import chatops.execution.notify.Origin;
import chatops.execution.notify.Windows;
import chatops.execution.notify.Wording;
import chatops.execution.right.GivenRegions;
import chatops.execution.right.GivenValues;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Commands that start a template: rights are decided in full, also for the role the template would use; then the execution is
 * created if it is not there, and taken as far as it gets.
 */
final class Starting {
  private final LiveRights rights;
  private final Engine engine;
  private final Answers answers;
  private final People people;
  private final Forms forms;
  private final FormCheck check = new FormCheck();

  Starting(LiveRights rights, Engine engine, Answers answers, People people, Forms forms) {
    this.rights = rights;
    this.engine = engine;
    this.answers = answers;
    this.people = people;
    this.forms = forms;
  }

  void run(HandOver.Run given, Answers.To to, Onward onward) {
    Wording words = answers.words(given.language());
    Configuration configuration = rights.current().configuration();
    RunRequest wish = RunRequest.of(given.command(), configuration);
    String what = words.what(given.command().name(), wish.template());
    if (!wish.region().isEmpty() && !configuration.regions().allowed().contains(wish.region())) {
      String allowed = String.join(", ", configuration.regions().allowed());
      answers.refused(to, what, words.say("region", wish.region(), allowed));
      return;
    }
    // before the template is even read: what is denied learns nothing about templates
    if (isDenied(given, to, what, wish)) {
      return;
    }
    if (!forms.isKnown(wish.template())) {
      String near = forms.nearest(wish.template());
      String next = near.isEmpty() ? words.say("template.list") : words.say("nearest", near);
      answers.refused(to, what, words.say("template.unknown", wish.template()) + " " + next);
      return;
    }
    HandOver.Run run = asked(given, to, what, wish);
    if (run == null) {
      return;
    }
    try {
      StartExecution start = start(run, wish.region(), words);
      Prepared prepared = engine.prepare(start);
      RunRequest whole = new RunRequest(
          prepared.template().name(),
          "",
          prepared.ramRole().substring(prepared.ramRole().lastIndexOf('/') + 1),
          GivenValues.of(prepared.parameters()));
      for (String region : regions(wish.region(), prepared.parameters())) {
        if (isDenied(run, to, what, whole.in(region))) {
          return;
        }
      }
      if (engine.start(start) == Started.CREATED) {
        answers.started(to, what);
        onward.advance(start.id());
      }
    } catch (FrozenException e) {
      answers.frozen(to, what, e.freeze());
    } catch (QueueFullException e) {
      answers.full(to, what, e.limit());
    } catch (TemplateRequest.Mistake | RefusedException e) {
      answers.refused(to, what, String.valueOf(e.getMessage()));
    }
  }

  /**
   * A template's parameters as the engine takes them. What is missing or wrong is asked for.
   *
   * @return null when something was asked for
   */
  private HandOver.@Nullable Run asked(
      HandOver.Run run, Answers.To to, String what, RunRequest wish) {
    TemplateForm form = run.command().name().equals("oos run") ? forms.of(wish.template()) : null;
    if (form == null) {
      return run;
    }
    TypedParameters typed = TypedParameters.of(run, form, wish.region());
    List<FormProblem> problems = check.problems(form, typed.values());
    if (problems.isEmpty()) {
      return run.withCommand(typed.command());
    }
    FormWording wording = new FormWording(answers.words(run.language()).texts());
    String command = "/" + run.command().name() + " " + form.template();
    List<String> lines = wording.wrong(run.language(), problems);
    List<String> words = run.command().arguments();
    lines.addAll(wording.unknown(run.language(), form, words.subList(1, words.size())));
    answers.ask(
        to,
        new Windows.Form(
            command,
            form,
            typed.given(),
            typed.isBare() ? List.of() : lines,
            rights.current().configuration().regions().allowed(),
            FormContext.of(
                    run.command(),
                    form.template(),
                    run.place().channel(),
                    run.language(),
                    run.reply(),
                    run.executionId())
                .toString()),
        what,
        lines,
        wording.command(run.language(), command, form, typed.given(), problems));
    return null;
  }

  /** Where the template would act: the execution's own region and those its parameters name, given or by default. */
  private static Set<String> regions(String own, ObjectNode parameters) {
    Set<String> regions = new LinkedHashSet<>();
    regions.add(own);
    regions.addAll(GivenRegions.of(parameters));
    return regions;
  }

  private StartExecution start(HandOver.Run run, String region, Wording words)
      throws TemplateRequest.Mistake {
    TemplateRequest request = TemplateRequest.of(
        run.command(), region, Scripts.of(rights.current().configuration()), words);
    return new StartExecution(
        new ExecutionId(run.executionId()),
        request.template(),
        "",
        request.parameters(),
        people.person(run.principal()),
        run.reply(),
        Origin.of(run).toMap(),
        region,
        "Automatic");
  }

  private boolean isDenied(HandOver.Run run, Answers.To to, String what, RunRequest wish) {
    Verdict verdict = decide(run, run.command().name(), wish);
    boolean isFree = verdict.isAllowed()
        && run.command().name().equals("oos run")
        && forms.runsAnything(wish.template());
    if (isFree) {
      // by this way, too, anybody's text would run
      verdict = decide(run, Rights.FREE_SCRIPT, wish);
    }
    if (verdict instanceof Verdict.Denied denied) {
      answers.denied(to, what, denied);
      return true;
    }
    return false;
  }

  private Verdict decide(HandOver.Run run, String command, RunRequest wish) {
    return rights.current().rights().decide(run.principal(), run.place(), command, wish);
  }
}
