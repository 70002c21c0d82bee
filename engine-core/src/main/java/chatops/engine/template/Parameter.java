package chatops.engine.template;

import chatops.engine.expression.Expression;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An input declaration. A null {@code defaultValue} means the caller must give a value. */
public record Parameter(
    String name,
    Type type,
    @Nullable Expression defaultValue,
    List<JsonNode> allowedValues,
    @Nullable Pattern allowedPattern,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable BigDecimal minValue,
    @Nullable BigDecimal maxValue,
    @Nullable String constraintDescription,
    boolean noEcho,
    @Nullable String associationProperty,
    Position position) {

  /** Declared types; Object and Array are read as Json and List. */
  public enum Type {
    STRING,
    NUMBER,
    BOOLEAN,
    LIST,
    JSON
  }
}
