package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.command.Mistake;
import chatops.chat.command.Verbs;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.Rights;
import chatops.chat.rights.Verdict;
import chatops.chat.text.Texts;
import chatops.front.gateway.ExecutionGateway;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything Front says in a chat. */
public final class Wording {
  private final Texts texts;
  private final Configuration configuration;
  private final Rights rights;

  public Wording(Texts texts, Configuration configuration) {
    this.texts = texts;
    this.configuration = configuration;
    this.rights = new Rights(configuration);
  }

  /** The language {@code --lang} asks for, {@code general} when it does not, null when there is no such language. */
  static @Nullable Language language(Command command, Language general) {
    String wanted = command.options().get("lang");
    if (wanted == null) {
      return general;
    }
    for (Language language : Language.values()) {
      if (language.name().equalsIgnoreCase(wanted)) {
        return language;
      }
    }
    return null;
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
    switch (outcome) {
      case ACCEPTED:
        return Mark.ACCEPTED;
      case DUPLICATE:
        return Mark.NOTE;
      case UNKNOWN:
        return Mark.UNSURE;
      case REJECTED:
        return Mark.FAILED;
    }
    return Mark.NONE;
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

  Message denied(Language language, Command command, Verdict.Denied denied) {
    return Message.of(Mark.REFUSED, texts.say(language, "front.denied", command.name()))
        .withText(
            texts.say(language, "front.denied." + lower(denied.reason().name()), denied.what())
                + "\n"
                + texts.say(language, "front.denied.hint"));
  }

  Message whoami(Language language, Principal principal, Place place) {
    Configuration.Person person = configuration.people().get(principal.id());
    String ramUser = person == null || person.ramUser().isEmpty() ? "–" : person.ramUser();
    return Message.of(Mark.NOTE, texts.say(language, "front.whoami", principal.name()))
        .withField(texts.say(language, "front.whoami.person"), principal.id())
        .withField(texts.say(language, "front.whoami.place"), Rights.id(place))
        .withField(texts.say(language, "front.whoami.tenant"), known(language, principal, place))
        .withField(texts.say(language, "front.whoami.groups"), groups(principal))
        .withField(texts.say(language, "front.whoami.ramuser"), ramUser)
        .withField(
            texts.say(language, "front.whoami.approver"),
            texts.say(language, isApprover(principal) ? "front.yes" : "front.no"))
        .withText(texts.say(language, "front.whoami.text"));
  }

  private String known(Language language, Principal principal, Place place) {
    boolean known = rights.isKnown(principal) && rights.isKnown(place);
    return principal.tenant() + " (" + texts.say(language, known ? "front.known" : "front.unlisted")
        + ")";
  }

  private boolean isApprover(Principal principal) {
    return rights.mayDecide(principal, "", List.of()).isAllowed();
  }

  private String groups(Principal principal) {
    StringBuilder groups = new StringBuilder();
    for (Map.Entry<String, List<String>> group : configuration.groups().entrySet()) {
      if (group.getValue().contains(principal.id())) {
        groups.append(groups.length() == 0 ? "" : ", ").append(group.getKey());
      }
    }
    return groups.length() == 0 ? "–" : groups.toString();
  }

  /** What the person may use here, one line each. */
  Message help(Language language, Command command, Principal principal, Place place) {
    String family = command.arguments().isEmpty() ? "" : command.arguments().get(0);
    StringBuilder lines = new StringBuilder();
    boolean targets = false;
    for (Verbs.Verb verb : Verbs.ALL) {
      boolean everybody = verb.name().equals("whoami") || verb.name().equals("help");
      boolean shown = verb.available() && (family.isEmpty() || family.equals(verb.family()));
      if (shown && (everybody || rights.mayUse(principal, place, verb.command()))) {
        lines.append('/').append(verb.command());
        lines.append(verb.usage().isEmpty() ? "" : " " + verb.usage()).append('\n');
        lines
            .append("    ")
            .append(texts.say(language, "front.help." + verb.family() + "." + verb.name()))
            .append('\n');
        targets = targets || verb.family().equals("ecs");
      }
    }
    String text = lines.length() == 0
        ? texts.say(language, "front.help.none")
        : lines.toString().stripTrailing();
    Message message = Message.of(Mark.NOTE, texts.say(language, "front.help")).withText(text);
    return targets ? message.withFooter(texts.say(language, "front.help.targets")) : message;
  }

  private static String typed(Command command) {
    StringBuilder typed = new StringBuilder("/").append(command.name());
    for (String argument : command.arguments()) {
      // values of parameters may be meant for nobody else's eyes, and the requester knows them
      int equals = command.family().equals("oos") ? argument.indexOf('=') : -1;
      typed.append(' ').append(equals < 0 ? argument : argument.substring(0, equals + 1) + "…");
    }
    return typed.toString();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
