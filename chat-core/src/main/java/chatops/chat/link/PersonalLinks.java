package chatops.chat.link;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.text.Texts;
import java.time.Duration;
import java.time.InstantSource;

/**
 * {@code /oos page}: a link that makes a browser its person's. Only where nobody else sees the answer. Immutable.
 */
public final class PersonalLinks {
  /** Long enough to switch to the browser, too short to be found later. */
  public static final Duration LIFE = Duration.ofMinutes(15);

  private final LinkKey key;
  private final PageAddresses addresses;
  private final Texts texts;
  private final InstantSource clock;

  public PersonalLinks(LinkKey key, String url, Texts texts, InstantSource clock) {
    this.key = key;
    this.addresses = new PageAddresses(url);
    this.texts = texts;
    this.clock = clock;
  }

  /** @param isPrivate whether nobody but the person sees the answer */
  public Message answer(
      Language language, Principal principal, Place place, boolean isPrivate, Command command) {
    if (!isPrivate) {
      return Message.of(Mark.REFUSED, texts.say(language, "front.page.group"));
    }
    Visit visit = new Visit(principal, place, clock.instant().plus(LIFE), key.nonce());
    String about = command.arguments().isEmpty() ? "" : command.arguments().get(0);
    String then = PageAddresses.isExecution(about) ? PageAddresses.EXECUTION + about : "";
    String link = addresses.enter(key.enter(visit), then);
    return link.isEmpty()
        ? Message.of(Mark.REFUSED, texts.say(language, "front.page.none"))
        : Message.of(Mark.NOTE, texts.say(language, "front.page"))
            .withText(texts.say(language, "front.page.text"))
            .withButton(Message.Button.link(texts.say(language, "front.page.open"), link));
  }
}
