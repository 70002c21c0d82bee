package chatops.cloudsim.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may be done: statements with {@code *} patterns on actions and resources. A deny wins; nothing said is denied. Conditions are not evaluated. Immutable. */
public record Policy(List<Statement> statements) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One statement of a policy. */
  public record Statement(boolean allow, List<String> actions, List<String> resources) {
    public Statement {
      actions = List.copyOf(actions);
      resources = List.copyOf(resources);
    }

    boolean matches(String action, String resource) {
      return actions.stream()
              .anyMatch(pattern ->
                  glob(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)))
          && resources.stream().anyMatch(pattern -> glob(pattern, resource));
    }
  }

  public Policy {
    statements = List.copyOf(statements);
  }

  /** Allows these actions, such as {@code ecs:*}, on every resource. */
  public static Policy allow(String... actions) {
    return new Policy(List.of(new Statement(true, List.of(actions), List.of("*"))));
  }

  /** Reads RAM's policy JSON; empty when the text is not such a policy. */
  public static Optional<Policy> parse(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.path("Version").asText().equals("1") || !root.path("Statement").isArray()) {
        return Optional.empty();
      }
      List<Statement> statements = new ArrayList<>();
      for (JsonNode node : root.path("Statement")) {
        String effect = node.path("Effect").asText();
        List<String> actions = texts(node.path("Action"));
        List<String> resources = texts(node.path("Resource"));
        if ((!effect.equals("Allow") && !effect.equals("Deny"))
            || actions.isEmpty()
            || resources.isEmpty()) {
          return Optional.empty();
        }
        statements.add(new Statement(effect.equals("Allow"), actions, resources));
      }
      return Optional.of(new Policy(statements));
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  public boolean allows(String action, String resource) {
    boolean allowed = false;
    for (Statement statement : statements) {
      if (statement.matches(action, resource)) {
        if (!statement.allow()) {
          return false;
        }
        allowed = true;
      }
    }
    return allowed;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** {@code *} stands for any run of characters, {@code ?} for one. Iterative, so a hostile pattern costs no more than its length times the text's. */
  static boolean glob(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
