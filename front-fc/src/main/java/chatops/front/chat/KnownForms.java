package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.command.Verbs;
import chatops.chat.form.FormField;
import chatops.chat.form.TemplateForm;
import chatops.chat.form.TemplateForms;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.RunRequest;
import chatops.chat.text.Texts;
import chatops.front.http.FrontLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms Front knows: those compiled with it, and those of commands on instances. Thread-safe. */
public final class KnownForms {
  /** The fields of a command on instances, named as its template names them. */
  static final String TARGETS = "targets";

  static final String REGION = "regionId";

  private final @Nullable TemplateForms compiled;
  private final LiveRights rights;
  private final Texts texts;
  private final FrontLog log;

  /** @param compiled null where no file of forms is configured */
  public KnownForms(
      @Nullable TemplateForms compiled, LiveRights rights, Texts texts, FrontLog log) {
    this.compiled = compiled;
    this.rights = rights;
    this.texts = texts;
    this.log = log;
  }

  /** The form of a template; null when Execution alone can know it. */
  public @Nullable TemplateForm of(String template) {
    try {
      return compiled == null ? null : compiled.find(template);
    } catch (IOException e) {
      log.line("forms do not read: " + e.getMessage());
      return null;
    }
  }

  /** The form that completes the command; null when Execution alone can know it. */
  @Nullable
  TemplateForm of(Command command) {
    Verbs.Verb verb = Verbs.named(command.name());
    if (verb != null && verb.takes() == Verbs.Takes.TARGETS) {
      return of(verb);
    }
    return command.arguments().isEmpty() ? null : of(command.arguments().get(0));
  }

  TemplateForm of(Verbs.Verb verb) {
    Map<Language, String> about = new LinkedHashMap<>();
    Map<Language, String> targets = new LinkedHashMap<>();
    Map<Language, String> region = new LinkedHashMap<>();
    for (Language language : Language.values()) {
      about.put(language, texts.say(language, "front.help." + verb.family() + "." + verb.name()));
      targets.put(language, texts.say(language, "form.targets"));
      region.put(language, texts.say(language, "form.region"));
    }
    return new TemplateForm(
        verb.template(),
        about,
        List.of(
            FormField.of(TARGETS, FormField.Kind.TARGETS, verb.least() > 0, targets),
            FormField.of(REGION, FormField.Kind.REGION, false, region)));
  }

  /** Names of the templates the person may run here; of all there are where the place is not known yet. */
  public List<String> runnable(Principal principal, Place place) {
    List<String> names = new ArrayList<>();
    try {
      for (String name : compiled == null ? List.<String>of() : compiled.names()) {
        boolean mayRun = place.channel().isEmpty()
            || rights
                .current()
                .rights()
                .decide(principal, place, "oos run", new RunRequest(name, "", ""))
                .isAllowed();
        if (mayRun) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      log.line("forms do not read: " + e.getMessage());
    }
    return names;
  }

  /** Those of them that contain what was typed. */
  List<String> runnable(Principal principal, Place place, String part) {
    List<String> fitting = new ArrayList<>();
    String lower = part.toLowerCase(Locale.ROOT);
    for (String name : runnable(principal, place)) {
      if (name.toLowerCase(Locale.ROOT).contains(lower)) {
        fitting.add(name);
      }
    }
    return fitting;
  }
}
