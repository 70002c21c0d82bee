package chatops.local.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One change to a template.
 *
 * @param kind desired, selector, action, jump or operand
 * @param task name of the task it is in
 */
record Mutation(String kind, String task, String pointer, JsonNode from, JsonNode to) {
  @Override
  public String toString() {
    return kind + " in task " + task + " (" + pointer + "): " + from + " → " + to;
  }
}
