package chatops.local.rehearsal;

import chatops.engine.cloud.ApiRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answers of a run, to be given again at the same places: a changed template then meets the world of the unchanged one,
 * not a world made for it. Answers of one place are given in their order, the last one again and again. One use.
 */
public final class Recording {
  private final Map<String, Deque<JsonNode>> answers = new HashMap<>();

  public Recording(Take take) {
    for (MadeCall call : take.calls()) {
      if (call.code().isEmpty()) {
        String place = place(call.task(), call.request());
        answers
            .computeIfAbsent(place + call.request().parameters(), p -> new ArrayDeque<>())
            .add(call.reply());
        answers.computeIfAbsent(place, p -> new ArrayDeque<>()).add(call.reply());
      }
    }
  }

  /** Empty when the unchanged template made no such call there. */
  Optional<JsonNode> next(String path, ApiRequest request) {
    String place = place(path, request);
    Deque<JsonNode> same = answers.get(place + request.parameters());
    Deque<JsonNode> left = same == null ? answers.get(place) : same;
    if (left == null) {
      return Optional.empty();
    }
    JsonNode answer = left.size() == 1 ? left.getFirst() : left.removeFirst();
    return Optional.of(answer.deepCopy());
  }

  private static String place(String path, ApiRequest request) {
    return path + " " + request.name().toLowerCase(java.util.Locale.ROOT) + " ";
  }
}
