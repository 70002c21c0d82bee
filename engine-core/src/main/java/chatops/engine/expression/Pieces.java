package chatops.engine.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text cut at its references: literal text and what stands between braces. */
final class Pieces {
  private static final Pattern SHAPE = Pattern.compile(
      "(?i:oos|oos-secret):.+|(?i:ACS)::[A-Za-z]+(\\..+)?|[A-Za-z0-9_-]+(\\..+)?", Pattern.DOTALL);

  /** @param text the literal, or the trimmed content of a pair of braces */
  record Piece(String text, boolean isReference) {}

  private final List<Piece> pieces = new ArrayList<>();
  private final List<String> strange = new ArrayList<>();

  Pieces(String text) {
    int literal = 0;
    int open = text.indexOf("{{");
    while (open >= 0) {
      int close = text.indexOf("}}", open + 2);
      if (close < 0) {
        break;
      }
      String content = text.substring(open + 2, close).strip();
      if (SHAPE.matcher(content).matches()) {
        addLiteral(text.substring(literal, open));
        pieces.add(new Piece(content, true));
        literal = close + 2;
        open = text.indexOf("{{", literal);
      } else {
        strange.add(content);
        open = text.indexOf("{{", open + 2);
      }
    }
    addLiteral(text.substring(literal));
  }

  private void addLiteral(String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(text, false));
    }
  }

  List<Piece> all() {
    return pieces;
  }

  /** Contents of braces that are no reference and stay text. */
  List<String> strange() {
    return strange;
  }

  boolean isWholeReference() {
    return pieces.size() == 1 && pieces.get(0).isReference();
  }

  boolean hasReference() {
    return pieces.stream().anyMatch(Piece::isReference);
  }
}
