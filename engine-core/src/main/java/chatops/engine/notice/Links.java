package chatops.engine.notice;

import chatops.engine.id.ExecutionId;

/** Web addresses of pages about executions, for messages that templates send themselves (AppendExecutionLink). */
public interface Links {

  /** No pages: every link is empty, and nothing is appended. */
  Links NONE = new Links() {
    @Override
    public String approval(ExecutionId execution, String approvalId) {
      return "";
    }

    @Override
    public String execution(ExecutionId execution) {
      return "";
    }
  };

  /** Page that shows an approval and takes the decision; empty when there is none. */
  String approval(ExecutionId execution, String approvalId);

  /** Page that shows a call whose outcome is unknown and takes the answer; empty when there is none. */
  default String question(ExecutionId execution, String questionId) {
    return "";
  }

  /** Page of an execution; empty when there is none. */
  String execution(ExecutionId execution);
}
