package chatops.engine.notice;

import chatops.engine.id.ExecutionId;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something people should be told about an execution. Delivered at least once: {@link Envelope#id} is the same for every
 * delivery of one notice, so a platform that can edit or drop duplicates may. Texts are already masked.
 */
public sealed interface Notice {

  Envelope envelope();

  /**
   * What every notice carries.
   *
   * @param id stable identity of this notice
   * @param replyAddress opaque, as given at the start; may be empty
   * @param origin opaque facts about the place the command came from (platform, channel, language)
   * @param startedBy principal id of the person who started the execution
   */
  record Envelope(
      String id,
      ExecutionId execution,
      String template,
      String startedBy,
      String replyAddress,
      Map<String, String> origin,
      Instant at) {
    public Envelope {
      origin = Map.copyOf(origin);
    }
  }

  /** Where a running execution stands; {@code total} is 0 when it is not known. */
  record Progress(Envelope envelope, String task, String text, int done, int total)
      implements Notice {}

  /**
   * People must approve or reject.
   *
   * @param question the text of the approval message, without secrets
   * @param approvers names that may decide; empty when the host's own rights decide
   * @param targets ids or names of what will be acted on, as far as known; {@code targetCount} may be larger
   * @param expiresAt null when it stays open
   */
  record DecisionWanted(
      Envelope envelope,
      String approvalId,
      String task,
      String question,
      List<String> approvers,
      int needed,
      List<String> targets,
      int targetCount,
      String digest,
      @Nullable Instant expiresAt)
      implements Notice {
    public DecisionWanted {
      approvers = List.copyOf(approvers);
      targets = List.copyOf(targets);
    }
  }

  /**
   * A call that must not be repeated on a guess has an unknown outcome; a person chooses retry, skip or stop.
   *
   * @param query a read that shows what happened, in words
   * @param retryAfter before this instant the call may still land, so retry is refused
   */
  record OutcomeWanted(
      Envelope envelope,
      String questionId,
      String task,
      String call,
      String query,
      Instant sentAt,
      Instant retryAfter)
      implements Notice {}

  /** The execution reached its final status ({@code Success}, {@code Failed}, {@code Cancelled}). */
  record Ended(
      Envelope envelope,
      String status,
      String message,
      ObjectNode outputs,
      Instant startedAt,
      Instant endedAt)
      implements Notice {}
}
