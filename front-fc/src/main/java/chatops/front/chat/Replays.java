package chatops.front.chat;

import chatops.chat.handover.EventKey;
import chatops.front.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests this instance has answered. The same signed bytes again, from a network that repeats or from somebody who recorded them,
 * get the same answer and do nothing. Where a signature does not cover the body, the same body again is taken again, since what comes
 * of it is done once, and another body is a forger's. What other instances answered is told apart by the task id, which the
 * hand-over's queue takes once, and by Execution's guard. Thread-safe.
 */
final class Replays {
  /** More than one instance answers while a signature is valid. */
  private static final int KEPT = 2000;

  private final Map<String, Answered> answers = new LinkedHashMap<>();

  /** @param body hash of what came with the signature; empty where it covers that */
  private record Answered(String body, HttpReply reply) {}

  /** The answer to a request that is not taken any more; null when it is. */
  synchronized @Nullable HttpReply answer(Verification.Authentic proof) {
    Answered earlier = answers.get(proof.once());
    if (earlier == null) {
      return null;
    }
    return proof.coversBody() ? earlier.reply() : null;
  }

  /** Whether the signature came with another body before. */
  synchronized boolean isSpent(Verification.Authentic proof, byte[] body) {
    Answered earlier = answers.get(proof.once());
    return earlier != null && !proof.coversBody() && !earlier.body().equals(hash(body));
  }

  synchronized void keep(Verification.Authentic proof, byte[] body, HttpReply reply) {
    answers.put(proof.once(), new Answered(proof.coversBody() ? "" : hash(body), reply));
    if (answers.size() > KEPT) {
      answers.remove(answers.keySet().iterator().next());
    }
  }

  private static String hash(byte[] body) {
    return EventKey.hex(new String(body, StandardCharsets.ISO_8859_1));
  }
}
