package chatops.local.rehearsal.jq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** One string of a program, quotes included: a literal, or text with interpolations. */
final class StringReading {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String token;

  StringReading(String token) {
    this.token = token;
  }

  Term term() {
    List<Term> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int at = 1;
    while (at < token.length() - 1) {
      char c = token.charAt(at);
      if (c == '\\' && token.charAt(at + 1) == '(') {
        int end = Tokens.interpolationEnd(token, at + 2);
        parts.add(literal(plain.toString()));
        plain.setLength(0);
        parts.add(ProgramParser.parse(token.substring(at + 2, end - 1)));
        at = end;
      } else {
        int length = c == '\\' ? 2 : 1;
        plain.append(token, at, at + length);
        at += length;
      }
    }
    if (parts.isEmpty()) {
      return literal(plain.toString());
    }
    parts.add(literal(plain.toString()));
    return new Term.Text(parts);
  }

  private static Term literal(String escaped) {
    String text = escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
    try {
      return new Term.Literal(JSON.readTree('"' + text + '"'));
    } catch (JsonProcessingException odd) {
      return new Term.Literal(JsonNodeFactory.instance.textNode(escaped));
    }
  }
}
