package chatops.engine.effect;

import chatops.engine.jq.Jq;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** Read when first asked for, and once. */
  private static final class Shipped {
    private static final EffectCatalog CATALOG = read();
  }

  /** The catalogue that ships with the engine. */
  public static EffectCatalog shipped() {
    return Shipped.CATALOG;
  }

  private static EffectCatalog read() {
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
    Jq jq = new Jq();
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
        String service = entry.path("service").asText();
        String name = service + "." + api.asText();
        Reading reading = reading(service, entry.get("reading"), jq);
        Effect effect = new Effect(
            name,
            effectClass,
            entry.path("source").asText(),
            query(entry.path("query").asText(), reading),
            true,
            texts(entry, "alreadySo"),
            reading);
        if (effects.put(key(name), effect) != null) {
          throw new IllegalArgumentException("effects.json: " + name + " is listed twice");
        }
      }
    }
    return new EffectCatalog(effects);
  }

  private static String query(String given, @Nullable Reading reading) {
    return !given.isEmpty() || reading == null ? given : reading.service() + " " + reading.api();
  }

  /** Everything listed. */
  public List<Effect> all() {
    return effects.values().stream().sorted(Comparator.comparing(Effect::api)).toList();
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
        service + "." + api,
        isRead ? EffectClass.READ : EffectClass.ONCE,
        "name",
        "",
        false,
        List.of(),
        null);
  }

  private static boolean startsWithWord(String api, String verb) {
    return api.regionMatches(true, 0, verb, 0, verb.length())
        && (api.length() == verb.length() || !Character.isLowerCase(api.charAt(verb.length())));
  }

  private static @Nullable Reading reading(String service, @Nullable JsonNode node, Jq jq) {
    return node == null
        ? null
        : new Reading(
            texts(node, "codes"),
            node.path("service").asText(service),
            node.path("api").asText(),
            node.path("parameters").asText(),
            node.path("verdict").asText(),
            node.path("reply").asText(),
            jq);
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
