package chatops.chat.text;

import chatops.chat.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Every sentence people read. A key's first word names its file: {@code front.accepted} is in {@code front.en.properties},
 * {@code front.zh.properties} and {@code front.ja.properties} (UTF-8) beside this class, read when first needed. {@code {0}},
 * {@code {1}} … stand for the arguments; other braces are text. Thread-safe.
 */
public final class Texts {
  private final ConcurrentMap<String, Properties> files = new ConcurrentHashMap<>();

  /**
   * The sentence in the given language.
   *
   * @throws IllegalArgumentException when there is no such key; names key and language
   */
  public String say(Language language, String key, Object... arguments) {
    String pattern = pattern(language, key);
    return arguments.length == 0 ? pattern : fill(pattern, arguments);
  }

  public boolean has(Language language, String key) {
    return file(language, key).getProperty(key) != null;
  }

  private String pattern(Language language, String key) {
    String pattern = file(language, key).getProperty(key);
    if (pattern == null) {
      throw new IllegalArgumentException("no text " + key + " in " + language);
    }
    return pattern;
  }

  private Properties file(Language language, String key) {
    int dot = key.indexOf('.');
    String name = key.substring(0, dot < 0 ? key.length() : dot)
        + "."
        + language.name().toLowerCase(Locale.ROOT)
        + ".properties";
    Properties file = files.get(name);
    if (file == null) {
      file = read(name);
      files.putIfAbsent(name, file);
    }
    return file;
  }

  private static Properties read(String name) {
    Properties file = new Properties();
    try (InputStream in = Texts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no file of texts " + name);
      }
      file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return file;
    } catch (IOException e) {
      throw new IllegalStateException("file of texts " + name + " does not read", e);
    }
  }

  private static String fill(String pattern, Object[] arguments) {
    StringBuilder out = new StringBuilder(pattern.length() + 64);
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '{' && at + 2 < pattern.length() && pattern.charAt(at + 2) == '}') {
        int index = pattern.charAt(at + 1) - '0';
        if (index >= 0 && index < arguments.length) {
          out.append(arguments[index]);
          at += 3;
          continue;
        }
      }
      out.append(c);
      at++;
    }
    return out.toString();
  }
}
