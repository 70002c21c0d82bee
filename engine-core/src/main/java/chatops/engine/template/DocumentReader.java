package chatops.engine.template;

import chatops.engine.expression.Fault;
import chatops.engine.expression.Pointers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML or JSON text into values and notes the place of each. Aliases are copied out within a bound on the number of
 * values, so a small text cannot become a large one.
 */
final class DocumentReader {
  private static final int MOST_VALUES = 20_000;
  private static final int DEEPEST = 60;

  private static final String SYNTAX_REMEDY =
      "mend this place: quote text that holds {{ }}, ': ' or ' #', indent by spaces, one template per file";
  private static final String JSON_REMEDY =
      "mend this place: a comma between entries, double quotes around text, every bracket closed";
  private static final String BOUND_REMEDY = "write less of it by aliases, and nest less deeply";

  private final Findings findings;
  private int values;

  DocumentReader(Findings findings) {
    this.findings = findings;
  }

  /** The document, or empty when it cannot be read; why is then among the findings. */
  Optional<JsonNode> read(String given) {
    String text = given.startsWith("\uFEFF") ? given.substring(1) : given;
    OptionalInt half = halfCharacter(text);
    if (half.isPresent()) {
      findings.add(
          Fault.SYNTAX,
          new Position(
              1
                  + (int)
                      text.chars().limit(half.getAsInt()).filter(c -> c == '\n').count(),
              1),
          "character " + (half.getAsInt() + 1) + " is half of a pair that UTF-16 writes together",
          "save the template as UTF-8");
      return Optional.empty();
    }
    LoadSettings settings = LoadSettings.builder()
        .setLabel("template")
        .setUseMarks(true)
        .setAllowNonScalarKeys(true)
        .setMaxAliasesForCollections(1_000)
        .setCodePointLimit(1 << 20)
        // read in one piece: the reader fails where a piece ends between the halves of a character
        .setBufferSize(text.length() + 2)
        .build();
    try {
      // JSON may be indented by tabs, which YAML does not allow
      String source = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
      Parser parser = new ParserImpl(settings, new StreamReader(settings, source));
      Optional<Node> root =
          new Composer(settings, new ShallowParser(parser, DEEPEST + 1)).getSingleNode();
      if (root.isEmpty()) {
        findings.add(
            Fault.SYNTAX,
            "",
            "the template is empty",
            "write a template, or choose the right file");
        return Optional.empty();
      }
      return Optional.of(value(root.get(), "", 0));
    } catch (MarkedYamlEngineException invalid) {
      Position position =
          invalid.getProblemMark().map(DocumentReader::position).orElse(new Position(1, 1));
      boolean isJson = text.stripLeading().startsWith("{");
      findings.add(
          Fault.SYNTAX,
          position,
          (isJson ? "not JSON: " : "not YAML: ") + invalid.getProblem(),
          isJson ? JSON_REMEDY : SYNTAX_REMEDY);
      return Optional.empty();
    } catch (YamlEngineException | TooMuch invalid) {
      findings.add(Fault.SYNTAX, "", "not YAML: " + invalid.getMessage(), BOUND_REMEDY);
      return Optional.empty();
    }
  }

  // no UTF-8 text has one, and the YAML library fails on it
  private static OptionalInt halfCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPair = Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1));
      if (isPair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private JsonNode value(Node node, String pointer, int depth) {
    values++;
    if (values > MOST_VALUES) {
      throw new TooMuch("more than " + MOST_VALUES + " values once aliases are written out");
    }
    if (depth > DEEPEST) {
      throw new TooMuch("nested deeper than " + DEEPEST + " levels, or an alias of itself");
    }
    node.getStartMark().ifPresent(mark -> findings.place(pointer, position(mark)));
    if (node instanceof MappingNode map) {
      return map(map, pointer, depth);
    }
    if (node instanceof SequenceNode list) {
      ArrayNode elements = JsonNodeFactory.instance.arrayNode();
      for (Node element : list.getValue()) {
        elements.add(value(element, pointer + "/" + elements.size(), depth + 1));
      }
      return elements;
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    return node instanceof AnchorNode anchor
        ? value(anchor.getRealNode(), pointer, depth + 1)
        : NullNode.getInstance();
  }

  private JsonNode map(MappingNode node, String pointer, int depth) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    Set<String> written = new HashSet<>();
    for (NodeTuple entry : node.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        keyOfBraces(entry.getKeyNode());
        continue;
      }
      if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
        merge(map, value(entry.getValueNode(), pointer, depth + 1), place(key));
        continue;
      }
      String place = pointer + "/" + Pointers.escape(key.getValue());
      if (!written.add(key.getValue())) {
        findings.add(
            Fault.DUPLICATE_KEY,
            place(key),
            "key '" + key.getValue() + "' stands twice in one map",
            "keep one of them");
      }
      JsonNode value = value(entry.getValueNode(), place, depth + 1);
      findings.place(place, place(key));
      map.set(key.getValue(), value);
    }
    return map;
  }

  /** Most often a reference without quotes: {@code {{ name }}} is a map in a map to YAML. */
  private void keyOfBraces(Node key) {
    boolean isReference = key instanceof MappingNode;
    findings.add(
        Fault.SYNTAX,
        place(key),
        isReference
            ? "braces without quotes are a map, and a map cannot be a key"
            : "a key must be text",
        isReference
            ? "put the text that holds {{ }} in quotes"
            : "write a plain word before the colon");
  }

  // YAML 1.1's merge key: what is written beside it wins
  private void merge(ObjectNode map, JsonNode merged, Position position) {
    if (merged.isArray()) {
      merged.forEach(each -> merge(map, each, position));
    } else if (merged.isObject()) {
      merged.properties().forEach(entry -> map.putIfAbsent(entry.getKey(), entry.getValue()));
    } else {
      findings.add(Fault.SYNTAX, position, "<< needs a map", "name an anchor of a map");
    }
  }

  private JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    // the YAML library's own tag for plain text such as ${NAME}, which is shell or ROS text here
    boolean isKnownTag =
        scalar.getTag().getValue().startsWith(Tag.PREFIX) || scalar.getTag().equals(Tag.ENV_TAG);
    if (!isKnownTag) {
      findings.add(
          Fault.SYNTAX,
          place(scalar),
          "tag " + scalar.getTag().getValue() + " means nothing in a template",
          "write a function as a map, e.g. Fn::Sub: …");
    }
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN || isTaggedText(scalar)) {
      return TextNode.valueOf(text);
    }
    if (Scalars.isAmbiguous(text)) {
      findings.add(
          Fault.AMBIGUOUS_SCALAR,
          place(scalar),
          "'" + text
              + "' is read as text here; other YAML readers take it for a boolean or another number",
          "put it in quotes, or write true, false or a decimal number");
    }
    return Scalars.plain(text);
  }

  // untagged, the reader's own schema would have called it a number, a boolean or null
  private static boolean isTaggedText(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.STR) && Scalars.isPlainInJson(scalar.getValue());
  }

  private static Position place(Node node) {
    return node.getStartMark().map(DocumentReader::position).orElse(new Position(1, 1));
  }

  /** A text that would grow beyond bounds. */
  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch(String message) {
      super(message);
    }
  }
}
