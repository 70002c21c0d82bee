package chatops.chat.handover;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message from Front (or from Execution to itself) to the Execution function; in JSON
 * {@code {"kind":"chatops/v1","type":…}}, at most 128 KB. Holds no secret in clear: the reply address travels sealed.
 */
public sealed interface HandOver {

  /**
   * Run a command. A second message with the same execution id is a duplicate delivery and does nothing.
   *
   * @param executionId derived by Front from the platform's own event id
   * @param rightsHash hash of the rights file Front decided with; on a mismatch Execution's own view decides
   * @param reply sealed reply address
   * @param guard null where the platform's signature covers the body
   * @param dialog the view that waits on the person's screen for what becomes of this; empty when there is none
   */
  record Run(
      String executionId,
      Principal principal,
      Place place,
      Command command,
      Language language,
      Instant receivedAt,
      String rightsHash,
      String reply,
      @Nullable Guard guard,
      String dialog)
      implements HandOver {
    /** With no view that waits. */
    public Run(
        String executionId,
        Principal principal,
        Place place,
        Command command,
        Language language,
        Instant receivedAt,
        String rightsHash,
        String reply,
        @Nullable Guard guard) {
      this(
          executionId,
          principal,
          place,
          command,
          language,
          receivedAt,
          rightsHash,
          reply,
          guard,
          "");
    }

    /** The same with another command. */
    public Run withCommand(Command opened) {
      return new Run(
          executionId,
          principal,
          place,
          opened,
          language,
          receivedAt,
          rightsHash,
          reply,
          guard,
          dialog);
    }
  }

  /**
   * Decide an approval.
   *
   * @param decisionId identity of this decision, so that a repeated delivery or a reloaded page decides once
   * @param executionId execution the approval belongs to
   * @param approvalId opaque id the button or link carried
   * @param reply sealed address for the private answer to the person who decided; empty for pages
   */
  record Decide(
      String decisionId,
      String executionId,
      String approvalId,
      boolean approve,
      String reason,
      Principal principal,
      Place place,
      Language language,
      Instant receivedAt,
      String reply,
      @Nullable Guard guard)
      implements HandOver {}

  /**
   * Say what follows a call whose outcome is unknown. The first answer to a question counts.
   *
   * @param decisionId identity of this press or form, as in {@link Decide}
   * @param questionId opaque id the button or link carried
   * @param answer {@code retry}, {@code skip} or {@code stop}
   * @param reply sealed address for the private answer to the person; empty for pages
   */
  record Answer(
      String decisionId,
      String executionId,
      String questionId,
      String answer,
      Principal principal,
      Place place,
      Language language,
      Instant receivedAt,
      String reply,
      @Nullable Guard guard)
      implements HandOver {}

  /** Go on with an execution; {@code version} names the state that wanted the wake-up. */
  record Wake(String executionId, long version) implements HandOver {}

  /**
   * A message of a topic that was pushed to Front, which has proved that the topic is ours. What the message says is
   * Execution's to find out.
   *
   * @param owner account id of the topic's owner
   * @param messageId the topic's own id of the message, the same in every repetition
   * @param message the text that was published
   */
  record Notification(
      String owner, String topic, String messageId, String message, Instant receivedAt)
      implements HandOver {}

  /** Look for due executions. */
  record Sweep() implements HandOver {}

  /**
   * A page's question, by synchronous invoke; the answer is JSON.
   *
   * @param what {@code approval} or {@code question}; {@code timeline}, {@code executions}: the
   *     views of {@code chatops.chat.view}
   * @param id the approval's or question's id, or the edition of a timeline that the page has
   * @param place where the person said so that pages shall be shown: rights count as there
   * @param filters of a list, by name
   */
  record Ask(
      String what,
      String executionId,
      String id,
      Principal principal,
      Place place,
      Language language,
      Map<String, String> filters)
      implements HandOver {
    public Ask {
      filters = Map.copyOf(filters);
    }

    /** Of somebody who has nothing but a link. */
    public Ask(String what, String executionId, String id, Principal principal, Language language) {
      this(
          what,
          executionId,
          id,
          principal,
          new Place(principal.platform(), "", ""),
          language,
          Map.of());
    }
  }

  /**
   * A command that a page's form sent, by synchronous invoke: it is decided and stored before the answer, and goes on in an
   * invocation of its own. The same form sent twice has the same execution id and is done once.
   *
   * @param run with an empty reply address
   */
  record Submit(Run run) implements HandOver {}

  /**
   * A personal link is used: by synchronous invoke, once. The answer is {@code {"entered":true}} for the first visit that used it,
   * as often as it asks, and {@code false} for every other.
   *
   * @param nonce of the link
   * @param visit of the session that begins
   * @param until when the link has expired
   */
  record Enter(String nonce, String visit, Instant until) implements HandOver {}

  /**
   * Where a platform's signature does not cover the body: hex SHA-256 of the signed header pair and of message id plus
   * body. Same pair and same message is a duplicate, same pair and another message is refused and audited.
   */
  record Guard(String pairHash, String messageHash) {}
}
