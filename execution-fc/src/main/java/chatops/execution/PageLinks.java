package chatops.execution;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.link.LinkKey;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Links;
import java.time.Duration;
import java.time.InstantSource;

/** Links to Front's pages, signed so that nobody can make one up. */
final class PageLinks implements Links {
  /** As long as an approval is usually open; the page of an expired link says so. */
  private static final Duration LIFE = Duration.ofDays(7);

  private final String url;
  private final LinkKey key;
  private final InstantSource clock;

  PageLinks(String url, LinkKey key, InstantSource clock) {
    this.url = url;
    this.key = key;
    this.clock = clock;
  }

  @Override
  public String approval(ExecutionId execution, String approvalId) {
    return link("/approvals/", execution, approvalId);
  }

  @Override
  public String question(ExecutionId execution, String questionId) {
    return link("/questions/", execution, questionId);
  }

  private String link(String path, ExecutionId execution, String subject) {
    ApprovalRef behind = new ApprovalRef(execution.value(), subject);
    return url.isEmpty() ? "" : url + path + key.link(behind, clock.instant().plus(LIFE));
  }

  @Override
  public String execution(ExecutionId execution) {
    // there is no page of an execution yet
    return "";
  }
}
