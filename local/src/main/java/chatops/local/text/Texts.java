package chatops.local.text;

import chatops.chat.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Texts of one language by key; {@code {0}}, {@code {1}}… stand for arguments. Immutable. A key that is missing is a
 * defect and throws; a test keeps the three languages level.
 */
public final class Texts {
  private final Language language;
  private final Map<String, String> byKey;

  private Texts(Language language, Map<String, String> byKey) {
    this.language = language;
    this.byKey = byKey;
  }

  public static Texts in(Language language) {
    String name = language.name().toLowerCase(Locale.ROOT) + ".properties";
    try (InputStream bytes = Texts.class.getResourceAsStream(name)) {
      if (bytes == null)
        throw new IllegalStateException("no texts: resource " + name + " is missing");
      Properties properties = new Properties();
      properties.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      Map<String, String> byKey = new TreeMap<>();
      for (String key : properties.stringPropertyNames()) {
        byKey.put(key, properties.getProperty(key));
      }
      return new Texts(language, byKey);
    } catch (IOException e) {
      throw new UncheckedIOException("texts of " + name + " cannot be read", e);
    }
  }

  public Language language() {
    return language;
  }

  public String get(String key, Object... arguments) {
    String text = byKey.get(key);
    if (text == null) throw new IllegalArgumentException("no text " + key + " in " + language);
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
  }

  /** All texts whose key starts with {@code prefix}, by the rest of the key. */
  public Map<String, String> under(String prefix) {
    Map<String, String> found = new TreeMap<>();
    byKey.forEach((key, text) -> {
      if (key.startsWith(prefix)) found.put(key.substring(prefix.length()), text);
    });
    return found;
  }
}
