package chatops.execution.explain;

import chatops.chat.Language;
import chatops.execution.explain.Explanation.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The table {@code errors.yaml}: error code to cause, fix and missing RAM action, in three languages. Codes and APIs are looked up in
 * any letter case. Immutable and thread-safe.
 */
public final class Explanations {
  /** {@code ESS.CompleteLifecycleAction: Forbidden.RAM: …}, as an {@code ApiException} says it. */
  private static final Pattern REFUSED_CALL =
      Pattern.compile("([A-Za-z][\\w-]*)\\.([A-Za-z]\\w*): ([A-Za-z][\\w.]*)(?=:|\\b)");

  /** A word that nobody writes by chance: {@code ClientNotRunning}, {@code InstanceIds.ExceedLimit}. */
  private static final Pattern CODE = Pattern.compile("\\b[A-Z][a-z]+[A-Z.][\\w.]*\\w");

  private final List<Entry> entries;
  private final Map<String, String> actions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> services = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private record Entry(
      List<String> codes,
      List<String> apis,
      boolean isPermission,
      Retry retry,
      Map<Language, Said> texts) {

    boolean explains(String code, String api) {
      return codes.stream().anyMatch(code::equalsIgnoreCase)
          && (apis.isEmpty() || apis.stream().anyMatch(api::equalsIgnoreCase));
    }
  }

  private record Said(String cause, String fix) {}

  private Explanations(Map<?, ?> table) {
    texts(table, "actions").forEach(actions::put);
    texts(table, "services").forEach(services::put);
    entries = list(table, "errors").stream().map(e -> entry((Map<?, ?>) e)).toList();
  }

  /** The table that ships with the product. */
  public static Explanations shipped() {
    return Shipped.TABLE;
  }

  /** Read when the first error is explained, which most invocations never do. */
  private static final class Shipped {
    static final Explanations TABLE = read();

    private static Explanations read() {
      try (InputStream in = Explanations.class.getResourceAsStream("errors.yaml")) {
        if (in == null) {
          throw new IllegalStateException("errors.yaml is not beside " + Explanations.class);
        }
        return new Explanations(
            (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in));
      } catch (IOException e) {
        throw new UncheckedIOException("errors.yaml cannot be read", e);
      }
    }
  }

  /** Every code that is explained. */
  public Set<String> codes() {
    Set<String> codes = new TreeSet<>();
    entries.forEach(entry -> codes.addAll(entry.codes()));
    return codes;
  }

  /** @param api {@code Service.API} of the call it came from; empty when it came from none, as an instance's ErrorCode */
  public Optional<Explanation> of(String code, String api, Language language) {
    return entries.stream()
        .filter(entry -> entry.explains(code, api))
        .findFirst()
        .map(entry -> explanation(entry, code, api, language));
  }

  /** Explains the first known code that a message names, as status messages of executions and tasks do. */
  public Optional<Explanation> in(String message, Language language) {
    Matcher call = REFUSED_CALL.matcher(message);
    while (call.find()) {
      Optional<Explanation> found =
          of(call.group(3), call.group(1) + "." + call.group(2), language);
      if (found.isPresent()) {
        return found;
      }
    }
    Matcher word = CODE.matcher(message);
    while (word.find()) {
      Optional<Explanation> found = of(word.group(), "", language);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The RAM action that an API needs (RAM, "Policy elements": {@code <ram-code>:<action-name>}); empty without an API. */
  public String action(String api) {
    int dot = api.indexOf('.');
    if (dot < 1) {
      return "";
    }
    String listed = actions.get(api);
    if (listed != null) {
      return listed;
    }
    String service = api.substring(0, dot);
    String prefix = services.getOrDefault(service, service.toLowerCase(Locale.ROOT));
    return prefix + ":" + api.substring(dot + 1);
  }

  private Explanation explanation(Entry entry, String code, String api, Language language) {
    String action = entry.isPermission() ? action(api) : "";
    Said said = entry.texts().get(language);
    if (said == null) {
      throw new IllegalStateException("errors.yaml: " + code + " has no words in " + language);
    }
    String shown = action.isEmpty() ? UNNAMED.get(language) : action;
    return new Explanation(
        code,
        said.cause().replace("{action}", shown),
        said.fix().replace("{action}", shown),
        action,
        entry.retry());
  }

  /** Where the refused call is not known. */
  private static final Map<Language, String> UNNAMED = Map.of(
      Language.EN,
      "the action of the refused call",
      Language.ZH,
      "被拒绝的调用所需的操作",
      Language.JA,
      "拒否された呼び出しの操作");

  private static Entry entry(Map<?, ?> entry) {
    Map<Language, Said> said = new HashMap<>();
    for (Language language : Language.values()) {
      Map<?, ?> words = (Map<?, ?>) entry.get(language.name().toLowerCase(Locale.ROOT));
      if (words != null) {
        said.put(language, new Said(text(words, "cause"), text(words, "fix")));
      }
    }
    return new Entry(
        strings(entry, "codes"),
        strings(entry, "apis"),
        Boolean.TRUE.equals(entry.get("permission")),
        Retry.valueOf(text(entry, "retry").toUpperCase(Locale.ROOT)),
        Map.copyOf(said));
  }

  private static Map<String, String> texts(Map<?, ?> table, String name) {
    Map<String, String> texts = new HashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(table.get(name), name))
        .forEach((key, value) -> texts.put((String) key, (String) value));
    return texts;
  }

  private static List<?> list(Map<?, ?> table, String name) {
    Object value = table.get(name);
    return value instanceof List<?> list ? list : List.of();
  }

  private static List<String> strings(Map<?, ?> entry, String name) {
    List<String> strings = new ArrayList<>();
    list(entry, name).forEach(each -> strings.add((String) each));
    return List.copyOf(strings);
  }

  private static String text(Map<?, ?> entry, String name) {
    @Nullable Object value = entry.get(name);
    if (!(value instanceof String text)) {
      throw new IllegalStateException("errors.yaml: " + entry + ": expected a text under " + name);
    }
    return text;
  }
}
