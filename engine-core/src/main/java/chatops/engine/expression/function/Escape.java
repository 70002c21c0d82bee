package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;

/** {@code Fn::Escape: [text, dialect]}: text as content of a quoted string: double quotes in PowerShell and JSON, single quotes in a shell. */
final class Escape implements Function {
  @Override
  public String name() {
    return "Fn::Escape";
  }

  @Override
  public int least() {
    return 2;
  }

  @Override
  public int most() {
    return 2;
  }

  @Override
  public List<String> words(int index) {
    return index == 1 ? List.of("powershell", "bash", "shell", "sh", "json") : List.of();
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    String text = arguments.text(0);
    return switch (arguments.text(1).toLowerCase(Locale.ROOT)) {
      case "powershell" -> TextNode.valueOf(powershell(text));
      case "bash", "shell", "sh" -> TextNode.valueOf(text.replace("'", "'\\''"));
      case "json" -> TextNode.valueOf(JsonText.escape(text));
      default -> throw arguments.wrong(1, "powershell, bash or json", arguments.value(1));
    };
  }

  // content of a double-quoted PowerShell string
  private static String powershell(String text) {
    return text.replace("`", "``").replace("\"", "`\"").replace("$", "`$");
  }
}
