package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.command.Command;
import chatops.chat.command.Parsed;
import chatops.chat.form.FormCheck;
import chatops.chat.form.FormContext;
import chatops.chat.form.FormWording;
import chatops.chat.form.TemplateForms;
import chatops.chat.reply.Seal;
import chatops.chat.rights.LiveRights;
import chatops.chat.text.Texts;
import chatops.front.http.FrontLog;
import chatops.front.http.HttpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The doors of forms, made when the first is needed, so that a plain command loads none of them. Thread-safe. */
final class FormDoors {
  /** What a platform leaves for telling somebody that a shortcut did not work. */
  private static final Duration TELLING = Duration.ofMillis(2000);

  private final LiveRights rights;
  private final Authority authority;
  private final Seal seal;
  private final HandingOver handingOver;
  private final Wording wording;
  private final Texts texts;
  private final String file;
  private final InstantSource clock;
  private final FrontLog log;

  private @Nullable KnownForms known;
  private @Nullable AskingDoor asking;
  private @Nullable SubmissionDoor submissions;

  FormDoors(
      LiveRights rights,
      Authority authority,
      Seal seal,
      HandingOver handingOver,
      Wording wording,
      Texts texts,
      String file,
      InstantSource clock,
      FrontLog log) {
    this.rights = rights;
    this.authority = authority;
    this.seal = seal;
    this.handingOver = handingOver;
    this.wording = wording;
    this.texts = texts;
    this.file = file;
    this.clock = clock;
    this.log = log;
  }

  HttpReply incomplete(
      ChatPlatform platform,
      Incoming.Said said,
      Parsed.Incomplete incomplete,
      Language language,
      Instant since) {
    return asking().incomplete(platform, said, incomplete, language, since);
  }

  @Nullable
  HttpReply beforeRun(
      ChatPlatform platform,
      Incoming.Said said,
      Command command,
      Language language,
      Instant since) {
    return asking().beforeRun(platform, said, command, language, since);
  }

  /** What comes from windows and shortcuts. */
  HttpReply take(ChatPlatform platform, Incoming incoming, ChatDoor door, Instant since) {
    if (incoming instanceof Incoming.Submitted) {
      return submissions().submitted(platform, (Incoming.Submitted) incoming);
    }
    if (incoming instanceof Incoming.Typing) {
      Incoming.Typing typing = (Incoming.Typing) incoming;
      FormContext context = FormContext.read(typing.context());
      Place place = new Place(
          typing.place().platform(),
          typing.place().tenant(),
          context == null ? "" : context.channel());
      return platform.choices(known().runnable(typing.principal(), place, typing.text()));
    }
    Incoming.Asked asked = (Incoming.Asked) incoming;
    LiveRights.View view = rights.current();
    if (!view.rights().isKnown(asked.principal()) && rights.isConfirmed(view)) {
      log.line("denied person=" + asked.principal().id() + " command=shortcut reason=TENANT");
      return asking().stranger(platform, asked, since);
    }
    if (asked.command().equals("oos run")) {
      return asking().asked(platform, asked, since);
    }
    Incoming.Said said = new Incoming.Said(
        asked.principal(),
        asked.place(),
        "",
        asked.command(),
        asked.event(),
        asked.reply(),
        null,
        true);
    platform.tell(
        asked.reply(), door.told(said), TELLING.minus(Duration.between(since, clock.instant())));
    return platform.quiet();
  }

  private synchronized KnownForms known() {
    if (known == null) {
      TemplateForms compiled = file.isEmpty() ? null : new TemplateForms(Path.of(file));
      known = new KnownForms(compiled, rights, texts, log);
    }
    return known;
  }

  private synchronized AskingDoor asking() {
    if (asking == null) {
      asking = new AskingDoor(
          rights,
          authority,
          seal,
          handingOver,
          wording,
          known(),
          new FormWording(texts),
          new FormCheck(),
          clock,
          log);
    }
    return asking;
  }

  private synchronized SubmissionDoor submissions() {
    if (submissions == null) {
      submissions = new SubmissionDoor(
          rights,
          authority,
          seal,
          handingOver,
          wording,
          known(),
          new FormWording(texts),
          new FormCheck(),
          asking(),
          log);
    }
    return submissions;
  }
}
