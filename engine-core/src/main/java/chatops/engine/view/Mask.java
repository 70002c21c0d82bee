package chatops.engine.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hides known secrets wherever they appear in text or values, as they are and as {@link SecretForms} knows them. Values shorter than
 * {@value #SHORTEST} characters are only hidden where they are the whole of it, and pieces of secrets shorter than
 * {@value #SHORT_PIECE} where no letter or digit is beside them, since they would blacken ordinary words. Addresses that are credentials by themselves
 * (signed URLs, web hooks of chats) lose what makes them so, whether anybody declared them secret or not. Immutable.
 */
public final class Mask {
  /** What is shown instead. */
  public static final String SHOWN = "******";

  private static final int SHORTEST = 4;
  private static final int SHORT_PIECE = 8;

  // each is a credential wherever it is shown: signatures and tokens in queries, also
  // percent-encoded ones
  private static final Pattern QUERY = Pattern.compile(
      "(?i)(?:\\b|(?<=%3F)|(?<=%26))((?:x-oss-|x-amz-)?(?:signature|security-token)|access_token|session|sign)(=|%3D)[^&%\\s\"'<>\\\\)]+");
  private static final Pattern HOOK = Pattern.compile(
      "(?i)(hooks\\.slack(?:-gov)?\\.com(?:/|%2F)(?:services|workflows|triggers|commands|actions)(?:/|%2F))[^\\s\"'<>\\\\)?]+");

  private final List<String> anywhere;
  private final List<Pattern> alone;
  private final Set<String> whole;
  private final boolean isBlind;

  private Mask(List<String> anywhere, List<Pattern> alone, Set<String> whole, boolean isBlind) {
    this.anywhere = anywhere;
    this.alone = alone;
    this.whole = whole;
    this.isBlind = isBlind;
  }

  public static Mask of(Collection<String> secrets) {
    return of(secrets, List.of());
  }

  /** @param pieces what a template made of secrets, by functions and programs of its own */
  public static Mask of(Collection<String> secrets, Collection<String> pieces) {
    if (secrets.isEmpty() && pieces.isEmpty()) {
      return new Mask(List.of(), List.of(), Set.of(), false);
    }
    Set<String> whole = new HashSet<>();
    Set<String> anywhere = new HashSet<>();
    Set<String> alone = new HashSet<>();
    for (String secret : secrets) {
      if (!secret.isBlank()) {
        whole.add(secret);
        if (secret.length() >= SHORTEST) {
          anywhere.addAll(SecretForms.of(secret));
        }
      }
    }
    for (String piece : pieces) {
      if (!piece.isBlank()) {
        whole.add(piece);
        if (piece.length() >= SHORT_PIECE) {
          anywhere.addAll(SecretForms.of(piece));
        } else if (piece.length() >= SHORTEST) {
          alone.add(piece);
        }
      }
    }
    // longest first, so that a secret inside another does not uncover the rest
    Comparator<String> longestFirst = Comparator.comparing(String::length).reversed();
    return new Mask(
        anywhere.stream().sorted(longestFirst).toList(),
        alone.stream()
            .sorted(longestFirst)
            .map(piece -> Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + Pattern.quote(piece) + "(?![\\p{L}\\p{N}])"))
            .toList(),
        whole,
        false);
  }

  /** Shows no value at all, because not everything that was made of the secrets is known; texts as far as it is. */
  public static Mask ofAll(Collection<String> secrets) {
    Mask mask = of(secrets);
    return new Mask(mask.anywhere, mask.alone, mask.whole, true);
  }

  public String text(String text) {
    if (whole.contains(text)) {
      return SHOWN;
    }
    String shown = text;
    for (String secret : anywhere) {
      shown = shown.replace(secret, SHOWN);
    }
    for (Pattern piece : alone) {
      shown = piece.matcher(shown).replaceAll(SHOWN);
    }
    return credentials(shown);
  }

  /** Hides what makes an address a credential. */
  public static String credentials(String text) {
    String shown = text;
    if ((text.indexOf('=') >= 0 || text.indexOf('%') >= 0) && mayName(text)) {
      shown = QUERY.matcher(shown).replaceAll("$1$2" + SHOWN);
    }
    return text.contains("hooks.slack") ? HOOK.matcher(shown).replaceAll("$1" + SHOWN) : shown;
  }

  /** Whether a text may have a name that {@link #QUERY} looks for; most have none, and are not gone through by it. */
  private static boolean mayName(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("sign") || lower.contains("session") || lower.contains("token");
  }

  /** Whether anything in a value would be hidden because it is secret. */
  public boolean hides(JsonNode value) {
    if (whole.isEmpty()) {
      return false;
    }
    if (value.isTextual()) {
      return hides(value.textValue());
    }
    if (value.isNumber()) {
      return whole.contains(value.asText());
    }
    String numbers = numbers(value);
    if (!numbers.isEmpty() && hides(numbers)) {
      return true;
    }
    for (JsonNode child : value) {
      if (hides(child)) {
        return true;
      }
    }
    return false;
  }

  private boolean hides(String text) {
    if (whole.contains(text)) {
      return true;
    }
    for (String secret : anywhere) {
      if (text.contains(secret)) {
        return true;
      }
    }
    for (Pattern piece : alone) {
      if (piece.matcher(text).find()) {
        return true;
      }
    }
    return false;
  }

  public JsonNode value(JsonNode value) {
    if (isBlind && value.isValueNode() && !value.isNull() && !value.isBoolean()) {
      return TextNode.valueOf(SHOWN);
    }
    if (value.isTextual()) {
      return TextNode.valueOf(text(value.textValue()));
    }
    if (value instanceof ObjectNode object) {
      return object(object);
    }
    if (value.isArray()) {
      String numbers = numbers(value);
      if (!numbers.isEmpty() && hides(numbers)) {
        return TextNode.valueOf(SHOWN);
      }
      ArrayNode shown = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> shown.add(value(element)));
      return shown;
    }
    return value.isNumber() && whole.contains(value.asText()) ? TextNode.valueOf(SHOWN) : value;
  }

  /** A list of numbers may be the characters of a text; empty when it is none, or too short to be one. */
  public static String numbers(JsonNode list) {
    if (!list.isArray() || list.size() < SHORTEST) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode number : list) {
      if (!number.isIntegralNumber()) {
        return "";
      }
      text.append(text.length() == 0 ? "" : ",").append(number.asText());
    }
    return text.toString();
  }

  public ObjectNode object(ObjectNode object) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    object.properties().forEach(e -> shown.set(text(e.getKey()), value(e.getValue())));
    return shown;
  }
}
