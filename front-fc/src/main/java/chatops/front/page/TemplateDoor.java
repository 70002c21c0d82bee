package chatops.front.page;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.command.Command;
import chatops.chat.form.FormCheck;
import chatops.chat.form.FormField;
import chatops.chat.form.FormProblem;
import chatops.chat.form.FormWording;
import chatops.chat.form.TemplateForm;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.link.PageAddresses;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.RunRequest;
import chatops.chat.text.Texts;
import chatops.chat.view.SubmittedView;
import chatops.chat.view.ViewJson;
import chatops.front.chat.FilledForm;
import chatops.front.chat.KnownForms;
import chatops.front.gateway.ExecutionGateway;
import chatops.front.http.Form;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The templates a person may run, and for each a form of its parameters, which is checked beside its inputs and then does what {@code
 * /oos run} does. Thread-safe.
 */
final class TemplateDoor {
  private final LiveRights rights;
  private final Forms forms;
  private final KnownForms known;
  private final Seal seal;
  private final ExecutionGateway gateway;
  private final TemplatePage template;
  private final SaidPage page;
  private final Parts parts;
  private final FormCheck check = new FormCheck();
  private final FormWording wording;
  private final InstantSource clock;
  private final FrontLog log;

  TemplateDoor(
      LiveRights rights,
      Forms forms,
      KnownForms known,
      Seal seal,
      ExecutionGateway gateway,
      Texts texts,
      InstantSource clock,
      FrontLog log) {
    this.rights = rights;
    this.forms = forms;
    this.known = known;
    this.seal = seal;
    this.gateway = gateway;
    this.wording = new FormWording(texts);
    this.template = new TemplatePage(texts, wording);
    this.page = new SaidPage(texts);
    this.parts = new Parts(texts);
    this.clock = clock;
    this.log = log;
  }

  HttpReply answer(HttpRequest request, Look look, String path) {
    if (path.equals(PageAddresses.TEMPLATES)) {
      return request.isGetOrHead() ? all(look) : HttpReply.notAllowed("GET, HEAD");
    }
    if (!request.isGetOrHead() && !request.method().equals("POST")) {
      return HttpReply.notAllowed("GET, HEAD, POST");
    }
    TemplateForm form = known.of(path.substring(PageAddresses.TEMPLATES.length() + 1));
    if (form == null) {
      return page.say(404, look, "noTemplate");
    }
    boolean mayRun = rights
        .current()
        .rights()
        .decide(look.principal(), look.place(), "oos run", new RunRequest(form.template(), "", ""))
        .isAllowed();
    if (!mayRun) {
      return page.say(403, look, "notRun", form.template());
    }
    return request.isGetOrHead()
        ? template.show(
            200, openly(look, form), form, initial(request, form), Map.of(), "", token(look, form))
        : run(request, look, form);
  }

  private HttpReply all(Look look) {
    List<TemplateForm> runnable = new ArrayList<>();
    for (String name : known.runnable(look.principal(), look.place())) {
      TemplateForm form = known.of(name);
      if (form != null) {
        runnable.add(form);
      }
    }
    return template.all(look, runnable);
  }

  /** Values that the address brings, so that a filled form can be sent to somebody; never one that is secret. */
  private static Map<String, String> initial(HttpRequest request, TemplateForm form) {
    Map<String, String> typed = new LinkedHashMap<>();
    for (FormField field : form.fields()) {
      String given = request.parameter(field.name());
      if (!given.isEmpty() && !field.secret()) {
        typed.put(field.name(), given);
      }
    }
    return typed;
  }

  /** The page's own links repeat its address, and no secret that somebody put into it. */
  private static Look openly(Look look, TemplateForm form) {
    Map<String, String> query = new LinkedHashMap<>(look.query());
    for (FormField field : form.fields()) {
      if (field.secret()) {
        query.remove(field.name());
      }
    }
    return new Look(look.language(), look.isChosen(), look.visit(), look.path(), query);
  }

  private LinkedSubject.FormToken token(Look look, TemplateForm form) {
    return forms.token(subject(look, form));
  }

  private static String subject(Look look, TemplateForm form) {
    return PageAddresses.TEMPLATES + "/" + form.template() + look.reader();
  }

  private HttpReply run(HttpRequest request, Look look, TemplateForm form) {
    Forms.Sent sent;
    Map<String, String> typed = new LinkedHashMap<>();
    try {
      sent = forms.read(request, subject(look, form));
      if (sent == null) {
        return page.say(403, look, "foreignForm");
      }
      for (FormField field : form.fields()) {
        // browsers send lines with both characters
        typed.put(
            field.name(),
            sent.fields().get(TemplatePage.PREFIX + field.name()).replace("\r\n", "\n"));
      }
    } catch (Form.MalformedForm e) {
      return page.say(400, look, "badForm");
    }
    FilledForm filled = new FilledForm(
        form,
        typed,
        new Command("oos", "run", List.of(), Map.of()),
        rights.current().configuration().regions().initial());
    Map<String, String> errors = new LinkedHashMap<>();
    for (FormProblem problem : check.problems(form, filled.values())) {
      errors.put(problem.field().name(), wording.wrong(look.language(), problem));
    }
    return errors.isEmpty()
        ? start(look, form, typed, filled, sent)
        : template.show(422, look, form, typed, errors, "", token(look, form));
  }

  /** The channel the person came from: what starts here is told there, questions included. */
  private static ReplyAddress channel(Look look) {
    Place place = look.place();
    return new ReplyAddress(
        place.platform(),
        place.tenant(),
        place.channel(),
        look.principal().user(),
        "",
        Instant.EPOCH,
        0,
        false);
  }

  private HttpReply start(
      Look look, TemplateForm form, Map<String, String> typed, FilledForm filled, Forms.Sent sent) {
    String executionId = new EventKey(Platform.WEB, "", sent.decisionId()).executionId();
    try {
      byte[] answer = gateway.ask(new HandOver.Submit(new HandOver.Run(
          executionId,
          look.principal(),
          look.place(),
          filled.command(),
          look.language(),
          clock.instant(),
          rights.current().hash(),
          seal.seal(channel(look), executionId),
          null)));
      SubmittedView view = ViewJson.read(answer, SubmittedView.class);
      log.line("form person=" + look.person() + " template=" + form.template() + " execution="
          + executionId + " done=" + view.isDone());
      if (view.isDone()) {
        return HttpReply.empty(303)
            .with("Location", look.to(PageAddresses.EXECUTION + executionId));
      }
      String why = view.text().isEmpty() ? view.title() : view.title() + "\n" + view.text();
      return template.show(409, look, form, typed, Map.of(), why, token(look, form));
    } catch (IOException | HandOverException e) {
      log.line("unanswered template=" + form.template() + " execution=" + executionId + " reason="
          + e.getMessage());
      // it may have started all the same: its page says so, and the form is not sent again
      return page.said(
          202,
          look,
          parts.say(look, "notConfirmed"),
          parts.say(look, "notStarted.text", executionId),
          look.to(PageAddresses.EXECUTION + executionId),
          parts.say(look, "reload"));
    }
  }
}
