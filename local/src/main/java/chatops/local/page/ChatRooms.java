package chatops.local.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What the page shows, and what its visitor can do. Thread-safe. */
public interface ChatRooms {
  /**
   * Everything on screen. {@code version} changes whenever anything else in it does; {@code slack} and {@code dingtalk}
   * are rooms ({@code name}, {@code suggestions}, {@code entries}), each entry with {@code id}, {@code edition},
   * {@code at}, {@code author} and either {@code typed} or the platform's own {@code message}, and {@code thread} where it is a
   * reply; {@code slack} has {@code shortcuts} as well. Then {@code modals} on people's screens, {@code conversations} to choose
   * from in them, {@code slackPeople}, {@code dingtalkPeople}, {@code instances} and {@code calls}, newest first.
   */
  ObjectNode state();

  /** A person types a line in {@code slack} or {@code dingtalk}. @throws IllegalArgumentException for an unknown room or person */
  void say(String room, String person, String text);

  /**
   * A person presses a button of a Slack message or of a DingTalk card.
   *
   * @param value what the button carries; of a card, the reason that was typed beside it
   * @throws IllegalArgumentException for an unknown entry, person or action
   */
  void press(String entry, String person, String action, String value);

  /** A person uses a shortcut. @param entry the Slack message it is used on; empty where it is offered everywhere */
  void shortcut(String person, String shortcut, String entry);

  /** A person sends a modal with these values by block. @throws IllegalArgumentException when it is not on that screen any more */
  void submit(String person, String modal, Map<String, String> values);

  /** A person closes a modal. */
  void close(String person, String modal);
}
