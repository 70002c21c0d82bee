package chatops.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code s.yaml} twice: as written, and rendered as Serverless Devs 3 renders it (seen with {@code s preview}): a value
 * that is one expression takes the expression's type, anything else becomes text.
 */
record Deployment(ObjectNode written, ObjectNode rendered) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern EXPRESSION = Pattern.compile(
      "\\$\\{(?:vars\\.(\\w+)|env\\('(\\w+)'(?:, '([^']*)')?\\)|(config)\\('AccountID'\\))\\}");

  static Deployment ofRepository() {
    return of(tree(root().resolve("s.yaml")));
  }

  static Path root() {
    return Path.of(System.getProperty("chatops.root"));
  }

  static ObjectNode tree(Path file) {
    LoadSettings strict = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    try (var in = Files.newInputStream(file)) {
      return JSON.valueToTree(new Load(strict).loadFromInputStream(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Deployment of(ObjectNode written) {
    JsonNode vars = rendered(written.path("vars"), JSON.createObjectNode());
    return new Deployment(written, (ObjectNode) rendered(written, rendered(vars, vars)));
  }

  JsonNode props(String function) {
    return rendered.path("resources").path(function).path("props");
  }

  JsonNode writtenProps(String function) {
    return written.path("resources").path(function).path("props");
  }

  private static JsonNode rendered(JsonNode node, JsonNode vars) {
    if (node.isObject()) {
      ObjectNode copy = JSON.createObjectNode();
      node.properties()
          .forEach(field -> copy.set(field.getKey(), rendered(field.getValue(), vars)));
      return copy;
    }
    if (node.isArray()) {
      var copy = JSON.createArrayNode();
      node.forEach(item -> copy.add(rendered(item, vars)));
      return copy;
    }
    return node.isTextual() ? text(node.textValue(), vars) : node;
  }

  private static JsonNode text(String text, JsonNode vars) {
    Matcher expression = EXPRESSION.matcher(text);
    if (expression.matches()) {
      return value(expression, vars);
    }
    return TextNode.valueOf(EXPRESSION
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(value((Matcher) found, vars).asText())));
  }

  private static JsonNode value(Matcher expression, JsonNode vars) {
    if (expression.group(1) != null) {
      return vars.has(expression.group(1))
          ? vars.get(expression.group(1))
          : TextNode.valueOf(expression.group());
    }
    if (expression.group(2) != null) {
      String otherwise = expression.group(3);
      return TextNode.valueOf(otherwise == null ? "value-of-" + expression.group(2) : otherwise);
    }
    return TextNode.valueOf("1234567890123456");
  }
}
