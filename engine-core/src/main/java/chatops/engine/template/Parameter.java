package chatops.engine.template;

import chatops.engine.expression.Expression;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An input declaration.
 *
 * @param label what people read, by language as the template spells it ({@code en}, {@code zh-cn}); {@code description} and
 *     {@code constraint} likewise
 * @param defaultValue null means that the caller must give a value
 * @param writtenDefault the default as authored, references included; null when there is none
 */
public record Parameter(
    String name,
    Type type,
    Map<String, String> label,
    Map<String, String> description,
    @Nullable Expression defaultValue,
    @Nullable JsonNode writtenDefault,
    List<JsonNode> allowedValues,
    @Nullable Pattern allowedPattern,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable BigDecimal minValue,
    @Nullable BigDecimal maxValue,
    Map<String, String> constraint,
    boolean noEcho,
    @Nullable String associationProperty,
    Position position) {

  public Parameter {
    label = Wordings.ordered(label);
    description = Wordings.ordered(description);
    constraint = Wordings.ordered(constraint);
  }

  /** What is expected in place of a value; empty when a caller may give it. */
  public Optional<String> refusal(JsonNode value) {
    Optional<JsonNode> converted = Coercion.to(type, value);
    return converted.isEmpty()
        ? Optional.of(Coercion.expected(type))
        : Constraints.broken(this, converted.get());
  }

  /** The constraint in words, in the language of the engine's own messages; null when there is none. */
  public @Nullable String constraintDescription() {
    return Wordings.english(constraint);
  }

  /** Declared types; Object and Array are read as Json and List. */
  public enum Type {
    STRING,
    NUMBER,
    BOOLEAN,
    LIST,
    JSON
  }
}
