package chatops.front;

import chatops.chat.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes requests at random, the same way for the same seed. */
public final class Mutation {
  private static final String ODD = "%&=+ \"'<>{}[]\\|.,:;/@#\u0000\u0007é云０ａ😀0aZ";
  private static final List<Object> VALUES = List.of(
      "", "null", 0L, -1L, 9_007_199_254_740_993L, true, List.of(), Map.of(), "x".repeat(3000));

  private final Random random;

  public Mutation(long seed) {
    random = new Random(seed);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Another text: a character exchanged, put in or taken out. */
  public String changed(String text) {
    if (text.isEmpty()) {
      return String.valueOf((char) ('a' + random.nextInt(26)));
    }
    int at = random.nextInt(text.length());
    char put = ODD.charAt(random.nextInt(ODD.length()));
    String with = switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + put + text.substring(at + 1);
      case 1 -> text.substring(0, at) + put + text.substring(at);
      default -> text.substring(0, at) + text.substring(at + 1);
    };
    return with.equals(text) ? text + "!" : with;
  }

  /** Another object of the same shape: a member left out, of another type or changed, here or further in. */
  public Map<String, Object> changed(Map<String, Object> json) {
    Map<String, Object> changed = new LinkedHashMap<>(json);
    String name = one(new ArrayList<>(json.keySet()));
    Object value = changed.get(name);
    switch (random.nextInt(4)) {
      case 0 -> changed.remove(name);
      case 1 -> changed.put(name, one(VALUES));
      default -> {
        if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
          Map<String, Object> members = new LinkedHashMap<>();
          inner.forEach((key, member) -> members.put(String.valueOf(key), member));
          changed.put(name, changed(members));
        } else if (value instanceof Long number) {
          changed.put(name, number + random.nextInt(2_000_000) - 1_000_000);
        } else {
          changed.put(name, changed(String.valueOf(value)));
        }
      }
    }
    return changed;
  }

  /** The object's text, one time in five broken. */
  public String text(Map<String, Object> json) {
    String text = JsonWriter.write(json);
    return random.nextInt(5) == 0 ? changed(text) : text;
  }
}
