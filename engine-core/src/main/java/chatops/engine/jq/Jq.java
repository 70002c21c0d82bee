package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * jq 1.6 as OOS templates use it. Programs are compiled once and kept, at most {@value #KEPT}. Thread-safe; expensive to
 * make, so one per process.
 */
public final class Jq {
  private static final int KEPT = 1_024;

  private static final Pattern FIRST_WORD =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*(.?)", Pattern.DOTALL);

  private final Scope builtins;
  private final Map<String, Program> compiled = new LinkedHashMap<>(64, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Program> eldest) {
      return size() > KEPT;
    }
  };

  public Jq() {
    builtins = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, builtins);
  }

  /**
   * A ValueSelector or PropertySelector: the leading dot may be missing, and a plain path gives no results where it
   * iterates null.
   *
   * @throws JqException when it is not a jq program
   */
  public Program selector(String text) {
    String program = withLeadingDot(text.strip());
    return kept("s" + program, () -> PlainPath.of(program).orElseGet(() -> full(program)));
  }

  /**
   * A program taken as it is written.
   *
   * @throws JqException when it is not a jq program
   */
  public Program script(String text) {
    return kept("f" + text, () -> full(text));
  }

  /** The type of a value in jq's words. */
  public static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case OBJECT, POJO -> "object";
      case BOOLEAN -> "boolean";
      case NUMBER -> "number";
      case STRING, BINARY -> "string";
      case NULL, MISSING -> "null";
    };
  }

  private Program full(String text) {
    try {
      return new JacksonProgram(text, JsonQuery.compile(text, Versions.JQ_1_6), builtins);
    } catch (JsonQueryException | RuntimeException notJq) {
      throw new JqException("not a jq program: '" + text + "': " + notJq.getMessage(), notJq);
    }
  }

  private Program kept(String key, Supplier<Program> compile) {
    synchronized (compiled) {
      Optional<Program> known = Optional.ofNullable(compiled.get(key));
      if (known.isPresent()) {
        return known.get();
      }
    }
    Program program = compile.get();
    synchronized (compiled) {
      compiled.put(key, program);
    }
    return program;
  }

  private static String withLeadingDot(String text) {
    Matcher word = FIRST_WORD.matcher(text);
    if (!word.lookingAt()) {
      return text;
    }
    String next = word.group(2);
    return Keywords.startsProgram(word.group(1), next) ? text : "." + text;
  }
}
