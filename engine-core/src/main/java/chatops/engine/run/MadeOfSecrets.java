package chatops.engine.run;

import chatops.engine.view.Mask;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an expression made of secrets in which they cannot be seen any more, so that the mask would not find it. */
final class MadeOfSecrets {
  private final Set<String> known;
  private final Mask mask;
  private final List<String> pieces = new ArrayList<>();

  private MadeOfSecrets(Set<String> known, Mask mask) {
    this.known = known;
    this.mask = mask;
  }

  /** @param of what the value was made of: its own texts are no news */
  static List<String> pieces(JsonNode value, List<JsonNode> of, Mask mask) {
    Set<String> known = new HashSet<>();
    of.forEach(each -> texts(each, known));
    MadeOfSecrets made = new MadeOfSecrets(known, mask);
    made.collect(value);
    return made.pieces;
  }

  private static void texts(JsonNode value, Set<String> texts) {
    if (value.isTextual()) {
      texts.add(value.textValue());
    }
    value.fieldNames().forEachRemaining(texts::add);
    value.forEach(child -> texts(child, texts));
  }

  private void collect(JsonNode value) {
    boolean isNew = value.isTextual() && !known.contains(value.textValue());
    if (isNew && !value.textValue().isBlank() && !mask.hides(value)) {
      pieces.add(value.textValue());
    }
    value.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name) && !mask.hides(TextNode.valueOf(name))) {
        pieces.add(name);
      }
    });
    String numbers = Mask.numbers(value);
    if (!numbers.isEmpty() && !mask.hides(value)) {
      pieces.add(numbers);
    }
    value.forEach(this::collect);
  }
}
