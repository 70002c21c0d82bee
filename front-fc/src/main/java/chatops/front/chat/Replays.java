package chatops.front.chat;

import chatops.front.http.HttpReply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests this instance has answered: the same signed bytes again, from a network that repeats or from somebody who recorded them,
 * get the same answer and do nothing. Another instance's are told apart by the task id, which the hand-over's queue takes once.
 * Thread-safe.
 */
final class Replays {
  /** More than one instance answers while a signature is valid. */
  private static final int KEPT = 2000;

  private final Map<String, HttpReply> answers = new LinkedHashMap<>();

  /** @param once what only this very request has; empty where the platform's signature proves no such thing */
  synchronized @Nullable HttpReply answer(String once) {
    return once.isEmpty() ? null : answers.get(once);
  }

  synchronized void keep(String once, HttpReply reply) {
    if (once.isEmpty()) {
      return;
    }
    answers.put(once, reply);
    if (answers.size() > KEPT) {
      answers.remove(answers.keySet().iterator().next());
    }
  }
}
