package chatops.engine.template;

import java.util.Locale;

/** Reads the {@code Type} of an output. */
final class OutputTypes {
  private OutputTypes() {}

  static Task.OutputType read(Fields output) {
    return switch (output.text("Type").orElse("String").strip().toLowerCase(Locale.ROOT)) {
      case "string" -> Task.OutputType.STRING;
      case "number" -> Task.OutputType.NUMBER;
      case "boolean" -> Task.OutputType.BOOLEAN;
      case "list", "array" -> Task.OutputType.LIST;
      case "json", "object" -> Task.OutputType.JSON;
      default -> {
        output.wrongValue("Type", "String, Number, Boolean, List or Json");
        yield Task.OutputType.STRING;
      }
    };
  }
}
