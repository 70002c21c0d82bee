package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.command.CommandParser;
import chatops.chat.command.Mistake;
import chatops.chat.command.Parsed;
import chatops.chat.command.Verbs;
import chatops.chat.render.Cut;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Rights;
import chatops.chat.rights.Verdict;
import chatops.chat.text.Texts;
import chatops.front.gateway.ExecutionGateway;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything Front says in a chat. */
public final class Wording {
  private static final int LONGEST_SCRIPT = 300;
  private static final int TROUBLE = 300;

  private final Texts texts;

  public Wording(Texts texts) {
    this.texts = texts;
  }

  /** The language {@code --lang} asks for, {@code general} when it does not, null when there is no such language. */
  static @Nullable Language language(Command command, Language general) {
    String wanted = command.options().get("lang");
    if (wanted == null) {
      return general;
    }
    // zh-CN and ja_JP are how systems spell them
    int end = Math.max(wanted.indexOf('-'), wanted.indexOf('_'));
    String code = (end < 0 ? wanted : wanted.substring(0, end)).toUpperCase(Locale.ROOT);
    switch (code) {
      case "EN":
        return Language.EN;
      case "ZH":
      case "CN":
        return Language.ZH;
      case "JA":
      case "JP":
        return Language.JA;
      default:
        return null;
    }
  }

  Message handedOver(
      Language language, Command command, String executionId, ExecutionGateway.Outcome outcome) {
    String key = "front." + lower(outcome.name());
    String typed = typed(command);
    return Message.of(mark(outcome), texts.say(language, key, typed))
        .withText(texts.say(language, key + ".text", executionId))
        .withFooter(texts.say(language, "front.execution", executionId));
  }

  private static Mark mark(ExecutionGateway.Outcome outcome) {
    // no switch: over an enum it costs a class on the way of every command
    if (outcome == ExecutionGateway.Outcome.ACCEPTED) {
      return Mark.ACCEPTED;
    }
    if (outcome == ExecutionGateway.Outcome.DUPLICATE) {
      return Mark.NOTE;
    }
    return outcome == ExecutionGateway.Outcome.UNKNOWN ? Mark.UNSURE : Mark.FAILED;
  }

  Message mistake(Language language, Mistake mistake) {
    String kind = lower(mistake.kind().name());
    StringBuilder text = new StringBuilder();
    if (!mistake.nearest().isEmpty()) {
      text.append(texts.say(language, "front.mistake.nearest", mistake.nearest()));
    }
    if (!mistake.how().isEmpty()) {
      text.append(text.length() == 0 ? "" : "\n");
      text.append(texts.say(language, "front.mistake.how", mistake.how()));
    }
    return Message.of(Mark.REFUSED, texts.say(language, "front.mistake." + kind, mistake.found()))
        .withText(text.toString());
  }

  /** Some words are missing or wrong. @param wrong one line each @param full the command with places for them */
  Message needsMore(Language language, Command command, List<String> wrong, String full) {
    return Message.of(Mark.REFUSED, texts.say(language, "front.needs", typed(command)))
        .withText(String.join("\n", wrong) + "\n" + texts.say(language, "front.mistake.how", full));
  }

  /** What a window says until Execution fills it. */
  Message reading(Language language, String template, String executionId) {
    return Message.of(Mark.RUNNING, texts.say(language, "front.reading", template))
        .withText(texts.say(language, "front.reading.text", executionId))
        .withFooter(texts.say(language, "front.execution", executionId));
  }

  /** Beside an input of a form that did not arrive. */
  String notArrived(Language language, String executionId, ExecutionGateway.Outcome outcome) {
    return texts.say(language, "front.form." + lower(outcome.name()), executionId);
  }

  /** A press whose hand-over failed. */
  Message notPressed(Language language, String executionId, ExecutionGateway.Outcome outcome) {
    String key = "front.press." + lower(outcome.name());
    return Message.of(mark(outcome), texts.say(language, key))
        .withText(texts.say(language, key + ".text", executionId))
        .withFooter(texts.say(language, "front.execution", executionId));
  }

  /** A button, or a window, that this version does not know. */
  Message lost(Language language) {
    return Message.of(Mark.UNSURE, texts.say(language, "front.lost"))
        .withText(texts.say(language, "front.lost.text"));
  }

  Message noWindow(Language language) {
    return Message.of(Mark.UNSURE, texts.say(language, "front.nowindow"))
        .withText(texts.say(language, "front.nowindow.text"));
  }

  Message denied(Language language, Command command, Verdict.Denied denied) {
    return Message.of(Mark.REFUSED, texts.say(language, "front.denied", command.name()))
        .withText(
            texts.say(language, "front.denied." + lower(denied.reason().name()), denied.what())
                + "\n"
                + texts.say(language, "front.denied.hint"));
  }

  Message whoami(Language language, LiveRights.View view, Principal principal, Place place) {
    Configuration.Person person = view.configuration().people().get(principal.id());
    String ramUser = person == null || person.ramUser().isEmpty() ? "–" : person.ramUser();
    return Message.of(Mark.NOTE, texts.say(language, "front.whoami", principal.name()))
        .withField(texts.say(language, "front.whoami.person"), principal.id())
        .withField(texts.say(language, "front.whoami.place"), Rights.id(place))
        .withField(
            texts.say(language, "front.whoami.tenant"),
            known(language, view.rights(), principal, place))
        .withField(texts.say(language, "front.whoami.groups"), groups(view, principal))
        .withField(texts.say(language, "front.whoami.ramuser"), ramUser)
        .withField(
            texts.say(language, "front.whoami.approver"),
            texts.say(language, view.rights().isApprover(principal) ? "front.yes" : "front.no"))
        .withField(texts.say(language, "front.whoami.rights"), rights(language, view, principal))
        .withText(texts.say(language, "front.whoami.text"));
  }

  /** Which rights these are, so that people can see whether a change has arrived; never what is in them. */
  private String rights(Language language, LiveRights.View view, Principal principal) {
    String since = view.since().truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
    String mark = view.mark() + " (" + since.replace("Z", " UTC") + ")";
    if (view.trouble().isEmpty()) {
      return mark;
    }
    String why = view.rights().isKnown(principal) ? Cut.to(TROUBLE, view.trouble()) : "";
    return mark + "\n" + texts.say(language, "front.whoami.trouble", why);
  }

  private String known(Language language, Rights rights, Principal principal, Place place) {
    boolean known = rights.isKnown(principal) && rights.isKnown(place);
    return principal.tenant() + " (" + texts.say(language, known ? "front.known" : "front.unlisted")
        + ")";
  }

  private static String groups(LiveRights.View view, Principal principal) {
    StringBuilder groups = new StringBuilder();
    for (String group : view.configuration().groups().keySet()) {
      if (view.rights().isMember(group, principal)) {
        groups.append(groups.length() == 0 ? "" : ", ").append(group);
      }
    }
    return groups.length() == 0 ? "–" : groups.toString();
  }

  /** What the person may use here, one line each; or one command with all there is to know about it. */
  Message help(
      Language language, LiveRights.View view, Command command, Principal principal, Place place) {
    List<String> about = command.arguments();
    Verbs.Verb one = about.size() < 2 ? null : Verbs.named(about.get(0) + " " + about.get(1));
    if (one != null) {
      return help(language, one, mayUse(view, principal, place, one));
    }
    String family = about.isEmpty() ? "" : about.get(0);
    StringBuilder lines = new StringBuilder();
    boolean targets = false;
    for (Verbs.Verb verb : Verbs.ALL) {
      boolean shown = verb.available() && (family.isEmpty() || family.equals(verb.family()));
      if (shown && mayUse(view, principal, place, verb)) {
        lines.append('/').append(verb.command());
        lines.append(verb.usage().isEmpty() ? "" : " " + verb.usage()).append('\n');
        lines.append("    ").append(does(language, verb)).append('\n');
        targets = targets || verb.takes() == Verbs.Takes.TARGETS;
      }
    }
    for (Map.Entry<String, String> alias : view.configuration().aliases().entrySet()) {
      alias(alias, family, view, principal, place, lines);
    }
    String text = lines.length() == 0
        ? texts.say(language, "front.help.none")
        : lines.toString().stripTrailing();
    Message message = Message.of(Mark.NOTE, texts.say(language, "front.help")).withText(text);
    return targets ? message.withFooter(texts.say(language, "front.help.targets")) : message;
  }

  private void alias(
      Map.Entry<String, String> alias,
      String family,
      LiveRights.View view,
      Principal principal,
      Place place,
      StringBuilder lines) {
    Parsed parsed = CommandParser.parse("", alias.getValue());
    Command meant = parsed instanceof Parsed.Understood
        ? ((Parsed.Understood) parsed).command()
        : parsed instanceof Parsed.Incomplete ? ((Parsed.Incomplete) parsed).command() : null;
    if (meant != null
        && (family.isEmpty() || family.equals(meant.family()))
        && view.rights().mayUse(principal, place, meant.name())) {
      lines.append('/').append(meant.family()).append(' ').append(alias.getKey());
      lines.append("\n    = ").append(alias.getValue()).append('\n');
    }
  }

  private Message help(Language language, Verbs.Verb verb, boolean allowed) {
    String typed = "/" + verb.command();
    StringBuilder text = new StringBuilder(does(language, verb));
    text.append('\n').append(typed).append(verb.usage().isEmpty() ? "" : " " + verb.usage());
    String example = typed + (verb.example().isEmpty() ? "" : " " + verb.example());
    text.append('\n').append(texts.say(language, "front.help.example", example));
    if (!verb.aliases().isEmpty()) {
      text.append('\n');
      text.append(texts.say(language, "front.help.also", String.join(", ", verb.aliases())));
    }
    if (!verb.available()) {
      text.append('\n').append(texts.say(language, "front.mistake.unavailable", verb.command()));
    } else if (!allowed) {
      text.append('\n').append(texts.say(language, "front.denied.command", verb.command()));
      text.append('\n').append(texts.say(language, "front.denied.hint"));
    }
    Message message = Message.of(Mark.NOTE, typed).withText(text.toString());
    return verb.takes() == Verbs.Takes.TARGETS
        ? message.withFooter(texts.say(language, "front.help.targets"))
        : message;
  }

  private static boolean mayUse(
      LiveRights.View view, Principal principal, Place place, Verbs.Verb verb) {
    return verb.isForEverybody() || view.rights().mayUse(principal, place, verb.command());
  }

  private String does(Language language, Verbs.Verb verb) {
    return texts.say(language, "front.help." + verb.family() + "." + verb.name());
  }

  private static String typed(Command command) {
    StringBuilder typed = new StringBuilder("/").append(command.name());
    for (String argument : command.arguments()) {
      // values of parameters may be meant for nobody else's eyes, and the requester knows them
      int equals = argument.startsWith("tag:") ? -1 : argument.indexOf('=');
      typed.append(' ').append(equals < 0 ? argument : argument.substring(0, equals + 1) + "…");
    }
    String script = command.options().get("script");
    if (script != null) {
      boolean isLong = script.length() > LONGEST_SCRIPT;
      typed.append(" -- ").append(isLong ? script.substring(0, LONGEST_SCRIPT) + "…" : script);
    }
    return typed.toString();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
