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
   * @param atExpiry what it comes to then: {@code approve}, {@code reject} or {@code cancel}
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
      @Nullable Instant expiresAt,
      String atExpiry)
      implements Notice {
    public DecisionWanted {
      approvers = List.copyOf(approvers);
      targets = List.copyOf(targets);
    }
  }

  /** An approval is still open and expires soon. */
  record DecisionDue(DecisionWanted wanted) implements Notice {
    @Override
    public Envelope envelope() {
      return wanted.envelope();
    }
  }

  /**
   * An approval is closed, and nothing that was sent about it decides any more.
   *
   * @param outcome {@code approved}, {@code rejected}, {@code expired}, {@code withdrawn} or {@code void}
   * @param by principal id of who gave the deciding vote; empty when nobody did
   * @param voters principal ids of everybody whose approval counted
   */
  record DecisionMade(
      Envelope envelope,
      String approvalId,
      String task,
      String question,
      String outcome,
      String by,
      List<String> voters,
      String reason)
      implements Notice {
    public DecisionMade {
      voters = List.copyOf(voters);
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

  /**
   * A question about a call is answered, or its execution has ended, and nothing that was sent about it answers any more.
   *
   * @param answer {@code retry}, {@code skip} or {@code stop}; empty when nobody answered
   * @param by principal id of who answered; empty when nobody did
   */
  record OutcomeMade(
      Envelope envelope, String questionId, String task, String call, String answer, String by)
      implements Notice {}

  /**
   * A task failed in FailurePause mode; the execution waits until somebody has it retried or skipped, or cancels.
   *
   * @param task path of the failed task, as task views have it
   */
  record FailureHeld(Envelope envelope, String task, String message) implements Notice {}

  /** The execution waits until others of its template have ended; {@code place} counts from 1. */
  record Queued(Envelope envelope, int place) implements Notice {}

  /** The execution waits for a resource that another one holds. */
  record Held(Envelope envelope, String resource, ExecutionId owner) implements Notice {}

  /**
   * What became of one item of a loop.
   *
   * @param name the item, an instance's id for example
   * @param status as task views have it
   * @param code error code, empty where it has none
   */
  record Item(String name, String status, String code, String message, ObjectNode outputs) {}

  /**
   * The execution reached its final status ({@code Success}, {@code Failed}, {@code Cancelled}).
   *
   * @param items those of the last loop of the template itself that began, at most 100
   */
  record Ended(
      Envelope envelope,
      String status,
      String message,
      ObjectNode outputs,
      List<Item> items,
      Instant startedAt,
      Instant endedAt)
      implements Notice {
    public Ended {
      items = List.copyOf(items);
    }
  }
}
