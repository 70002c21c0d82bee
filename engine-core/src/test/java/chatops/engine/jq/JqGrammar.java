package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes jq programs, by the grammar in {@code jq/grammar.txt}, and documents to run them on. */
public final class JqGrammar {
  private static final Pattern PART = Pattern.compile("<([a-z-]+)>");
  private static final int DEEPEST = 5;

  private final Random random;
  private final Map<String, List<String>> kinds = new LinkedHashMap<>();

  public JqGrammar(Random random) {
    this.random = random;
    for (String line : lines()) {
      int colon = line.indexOf(" : ");
      if (colon > 0 && !line.startsWith("#")) {
        kinds
            .computeIfAbsent(line.substring(0, colon), kind -> new ArrayList<>())
            .add(line.substring(colon + 3));
      }
    }
  }

  private static List<String> lines() {
    try (InputStream grammar = JqGrammar.class.getResourceAsStream("/jq/grammar.txt")) {
      String text =
          new String(Objects.requireNonNull(grammar).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public String program() {
    return expand("program", 0);
  }

  private String expand(String kind, int depth) {
    List<String> choices = kinds.getOrDefault(kind, List.of());
    if (choices.isEmpty()) {
      throw new IllegalStateException("the grammar has no <" + kind + ">");
    }
    if (depth >= DEEPEST) {
      List<String> ends = choices.stream().filter(text -> !text.contains("<")).toList();
      choices = ends.isEmpty() ? choices : ends;
    }
    String chosen = choices.get(random.nextInt(choices.size()));
    StringBuilder text = new StringBuilder();
    Matcher part = PART.matcher(chosen);
    while (part.find()) {
      boolean isPart = kinds.containsKey(part.group(1));
      String made = isPart ? expand(part.group(1), depth + 1) : part.group();
      part.appendReplacement(text, Matcher.quoteReplacement(made));
    }
    part.appendTail(text);
    String all = text.toString();
    return depth > 0 && all.contains(" ") ? "(" + all + ")" : all;
  }

  /** A JSON value with the field names the grammar's programs read. */
  public JsonNode document() {
    return document(List.of("a", "b", "c", "n"), 3);
  }

  /** A JSON value whose maps have some of {@code words} as keys; the order of the words is how they likely nest. */
  public JsonNode document(List<String> words, int depth) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    switch (depth == 0 ? random.nextInt(6) : random.nextInt(14)) {
      case 0:
        return json.nullNode();
      case 1:
        return json.booleanNode(random.nextBoolean());
      case 2:
        return json.numberNode(random.nextInt(4));
      case 3:
        return json.numberNode(List.of(-1.5, 0.25, 1e3, 1e17).get(random.nextInt(4)));
      case 4, 5:
        return json.textNode(List.of("x", "", "A-b-1", "12", "é\"\\", "[1]", "2020-01-02T03:04:05Z")
            .get(random.nextInt(7)));
      case 6, 7, 8:
        ArrayNode list = json.arrayNode();
        for (int size = random.nextInt(4); size > 0; size--) {
          list.add(document(words, depth - 1));
        }
        return list;
      default:
        ObjectNode map = json.objectNode();
        for (int i = 0; i < words.size(); i++) {
          if (random.nextInt(3) > 0) {
            List<String> inner = i + 1 < words.size() ? words.subList(i + 1, words.size()) : words;
            map.set(words.get(i), document(random.nextBoolean() ? inner : words, depth - 1));
          }
        }
        return map;
    }
  }
}
