package chatops.chat.handover;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import java.time.Instant;
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
      @Nullable Guard guard)
      implements HandOver {}

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

  /** Go on with an execution; {@code version} names the state that wanted the wake-up. */
  record Wake(String executionId, long version) implements HandOver {}

  /** Look for due executions. */
  record Sweep() implements HandOver {}

  /**
   * A page's question, by synchronous invoke; the answer is JSON.
   *
   * @param what {@code approval} or {@code execution}
   * @param id the approval link's token content, or an execution id
   */
  record Ask(String what, String executionId, String id, Principal principal, Language language)
      implements HandOver {}

  /**
   * Where a platform's signature does not cover the body: hex SHA-256 of the signed header pair and of message id plus
   * body. Same pair and same message is a duplicate, same pair and another message is refused and audited.
   */
  record Guard(String pairHash, String messageHash) {}
}
