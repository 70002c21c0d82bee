package chatops.execution;

import chatops.engine.id.ExecutionId;

/**
 * How an execution goes on after somebody's word: in this invocation, as long as that may take, or in one of its own where a
 * page waits for an answer.
 */
interface Onward {
  void advance(ExecutionId id);
}
