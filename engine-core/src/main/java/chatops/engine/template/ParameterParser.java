package chatops.engine.template;

import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionParser;
import chatops.engine.expression.Fault;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Literal;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code Parameters}. */
final class ParameterParser {
  static final List<String> KEYS = List.of(
      "Type",
      "Label",
      "Description",
      "Default",
      "AllowedValues",
      "AllowedPattern",
      "MinLength",
      "MaxLength",
      "MinValue",
      "MaxValue",
      "ConstraintDescription",
      "NoEcho",
      "AssociationProperty",
      "AssociationPropertyMetadata",
      "Required");

  private final Findings findings;
  private final ExpressionParser expressions;

  ParameterParser(Findings findings, ExpressionParser expressions) {
    this.findings = findings;
    this.expressions = expressions;
  }

  Parameter parse(String name, JsonNode definition, String pointer) {
    String owner = "parameter '" + name + "'";
    if (!Naming.isName(name)) {
      findings.add(Fault.INVALID_NAME, pointer, owner + ": " + Naming.EXPECTED, "rename it");
    }
    if (!definition.isObject() && !definition.isNull()) {
      findings.add(
          Fault.WRONG_TYPE,
          pointer,
          owner + " must be a map, found " + JsonText.typeOf(definition),
          "write {Type: String}");
    }
    Fields fields = new Fields(definition, pointer, owner, findings).only(KEYS);
    Parameter.Type type = type(fields);
    allowed(fields, type);
    bounds(fields, "MinLength", "MaxLength");
    bounds(fields, "MinValue", "MaxValue");
    Parameter parameter = new Parameter(
        name,
        type,
        Wordings.of(fields.get("Label")),
        Wordings.of(fields.get("Description")),
        fallback(fields, type),
        fields.has("Default") ? fields.get("Default") : null,
        fields.list("AllowedValues"),
        pattern(fields),
        orNull(fields, "MinLength"),
        orNull(fields, "MaxLength"),
        decimal(fields, "MinValue"),
        decimal(fields, "MaxValue"),
        Wordings.of(fields.get("ConstraintDescription")),
        fields.bool("NoEcho").orElse(false),
        fields.text("AssociationProperty").orElse(null),
        findings.position(pointer));
    held(parameter, fields);
    return parameter;
  }

  /** A default stands for "not given", so the engine holds it against no constraint; most often it is a slip all the same. */
  private static void held(Parameter parameter, Fields fields) {
    JsonNode written = fields.get("Default");
    boolean isTyped = Coercion.to(parameter.type(), written).isPresent();
    boolean isPlain = fields.says("Default") && fields.holds("Default") && !isPlaceholder(written);
    if (isTyped && isPlain && WrittenValues.isAllWritten(written)) {
      parameter
          .refusal(written)
          .ifPresent(expected -> fields
              .findings()
              .add(
                  Fault.UNKNOWN_VALUE,
                  fields.at("Default"),
                  fields.owner() + ": the default"
                      + (parameter.noEcho() ? "" : " " + JsonText.brief(written))
                      + " is not what a caller may give: " + expected,
                  "change the default or the constraint"));
    }
  }

  // Auto Scaling puts its own values there
  private static boolean isPlaceholder(JsonNode written) {
    return written.toString().contains("${");
  }

  private static Parameter.Type type(Fields fields) {
    String written = fields.text("Type").orElse("String").strip();
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "string" -> Parameter.Type.STRING;
      case "number" -> Parameter.Type.NUMBER;
      case "boolean" -> Parameter.Type.BOOLEAN;
      case "list", "array" -> Parameter.Type.LIST;
      case "json", "object" -> Parameter.Type.JSON;
      default -> {
        fields.wrongValue("Type", "String, Number, Boolean, List or Json");
        yield Parameter.Type.STRING;
      }
    };
  }

  private @Nullable Expression fallback(Fields fields, Parameter.Type type) {
    JsonNode written = fields.get("Default");
    if (written.isMissingNode()) {
      return null;
    }
    Expression value = expressions.value(written, fields.at("Default"));
    boolean fits = !(value instanceof Literal) || Coercion.to(type, written).isPresent();
    if (!fits) {
      findings.add(
          Fault.INVALID_DEFAULT,
          fields.at("Default"),
          fields.owner() + ": the default must be " + Coercion.expected(type) + ", found "
              + JsonText.brief(written),
          "change the default or the type");
    }
    boolean isRate =
        fields.text("AssociationProperty").filter("RateControl"::equals).isPresent();
    if (isRate && fits) {
      new WrittenValues(fields).rateControl("Default", written);
    }
    return value;
  }

  private @Nullable Pattern pattern(Fields fields) {
    Optional<String> pattern = fields.text("AllowedPattern");
    if (pattern.isEmpty()) {
      return null;
    }
    try {
      return Pattern.compile(pattern.get());
    } catch (PatternSyntaxException invalid) {
      findings.add(
          Fault.INVALID_CONSTRAINT,
          fields.at("AllowedPattern"),
          fields.owner() + ": not a regular expression: " + invalid.getDescription(),
          "write a Java regular expression that matches the whole value");
      return null;
    }
  }

  private void allowed(Fields fields, Parameter.Type type) {
    JsonNode values = fields.get("AllowedValues");
    // of a list the elements are allowed one by one
    boolean isOfList = type == Parameter.Type.JSON || type == Parameter.Type.LIST;
    for (int i = 0; !isOfList && values.isArray() && i < values.size(); i++) {
      if (!values.path(i).isNull() && Coercion.to(type, values.path(i)).isEmpty()) {
        findings.add(
            Fault.INVALID_CONSTRAINT,
            fields.at("AllowedValues") + "/" + i,
            fields.owner() + ": an allowed value must be " + Coercion.expected(type) + ", found "
                + JsonText.brief(values.path(i)),
            "change the value or the type");
      }
    }
  }

  private void bounds(Fields fields, String least, String most) {
    JsonNode from = fields.get(least);
    JsonNode to = fields.get(most);
    if (from.isNumber() && to.isNumber() && from.decimalValue().compareTo(to.decimalValue()) > 0) {
      findings.add(
          Fault.INVALID_CONSTRAINT,
          fields.at(least),
          fields.owner() + ": " + least + " " + from.asText() + " is more than " + most + " "
              + to.asText() + ", so no value is allowed",
          "change one of them");
    }
  }

  private static @Nullable Integer orNull(Fields fields, String key) {
    return fields.number(key, 0, Integer.MAX_VALUE).stream().boxed().findFirst().orElse(null);
  }

  private static @Nullable BigDecimal decimal(Fields fields, String key) {
    JsonNode value = fields.get(key);
    if (value.isMissingNode()) {
      return null;
    }
    Optional<JsonNode> number = Coercion.to(Parameter.Type.NUMBER, value);
    if (number.isEmpty()) {
      fields.wrongType(key, "a number");
    }
    return number.map(JsonNode::decimalValue).orElse(null);
  }
}
