package chatops.engine.effect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effect class of every API, from the reviewed resource {@code effects.json}. What it does not list is a read when
 * its name starts like one, else {@link EffectClass#ONCE}. Immutable and thread-safe.
 */
public final class EffectCatalog {
  private static final List<String> READS =
      List.of("Describe", "List", "Get", "Query", "Check", "Search", "Lookup");

  private final Map<String, Effect> effects;

  private EffectCatalog(Map<String, Effect> effects) {
    this.effects = Map.copyOf(effects);
  }

  /** The catalogue that ships with the engine. */
  public static EffectCatalog shipped() {
    try (InputStream in = EffectCatalog.class.getResourceAsStream("effects.json")) {
      if (in == null) {
        throw new IllegalStateException("effects.json is not beside " + EffectCatalog.class);
      }
      return of(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("effects.json cannot be read", e);
    }
  }

  static EffectCatalog of(JsonNode document) {
    Map<String, Effect> effects = new HashMap<>();
    for (JsonNode entry : document.path("effects")) {
      EffectClass effectClass = switch (entry.path("class").asText()) {
        case "read" -> EffectClass.READ;
        case "A" -> EffectClass.TOKEN;
        case "B" -> EffectClass.DESIRED_STATE;
        case "C" -> EffectClass.ONCE;
        default ->
          throw new IllegalArgumentException(
              "effects.json: " + entry + ": expected class read, A, B or C");
      };
      for (JsonNode api : entry.path("apis")) {
        String name = entry.path("service").asText() + "." + api.asText();
        Effect effect = new Effect(
            name,
            effectClass,
            entry.path("source").asText(),
            entry.path("query").asText(),
            converge(entry.get("converge")));
        if (effects.put(key(name), effect) != null) {
          throw new IllegalArgumentException("effects.json: " + name + " is listed twice");
        }
      }
    }
    return new EffectCatalog(effects);
  }

  /**
   * @param method HTTP method of a ROA call; empty for RPC
   */
  public Effect effect(String service, String api, String method) {
    Effect known = effects.get(key(service + "." + api));
    if (known != null) {
      return known;
    }
    boolean isRead = method.isEmpty()
        ? READS.stream().anyMatch(verb -> startsWithWord(api, verb))
        : method.equalsIgnoreCase("GET") || method.equalsIgnoreCase("HEAD");
    return new Effect(
        service + "." + api, isRead ? EffectClass.READ : EffectClass.ONCE, "name", "", null);
  }

  private static boolean startsWithWord(String api, String verb) {
    return api.regionMatches(true, 0, verb, 0, verb.length())
        && (api.length() == verb.length() || !Character.isLowerCase(api.charAt(verb.length())));
  }

  private static Effect.@Nullable Converge converge(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    return new Effect.Converge(
        texts(node, "codes"),
        node.path("api").asText(),
        node.path("idFrom").asText(),
        node.path("idTo").asText(),
        texts(node, "selector"),
        texts(node, "done"),
        texts(node, "passing"));
  }

  private static List<String> texts(JsonNode node, String field) {
    List<String> texts = new ArrayList<>();
    node.path(field).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
