package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import org.jspecify.annotations.Nullable;

/**
 * jq 1.6 as OOS templates use it. Programs are compiled once and kept, at most {@value #KEPT}. A run has 2 seconds, gives at
 * most 1 MB, and cannot see the process's environment. Thread-safe; expensive to make, so one per process.
 *
 * <p>{@code docs/jq.md} lists what differs from jq 1.6.
 */
public final class Jq {
  private static final int KEPT = 1_024;
  /** How the names of variables begin that are set when a program is run; see {@link Program#run}. */
  public static final String GIVEN = "__oos";

  private static final Set<String> ALWAYS_THERE = Set.of("ENV", "__loc__");
  private static final String NO_FUNCTION = "there is no function ";

  private final Budgets budgets;
  private volatile @Nullable Builtins builtins;
  private final Map<String, Program> compiled = new LinkedHashMap<>(64, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Program> eldest) {
      return size() > KEPT;
    }
  };

  /** With 2 seconds for a run. */
  public Jq() {
    this(Duration.ofSeconds(2));
  }

  /** @param time how long one run may take */
  public Jq(Duration time) {
    budgets = new Budgets(time);
  }

  /**
   * A ValueSelector or PropertySelector: the leading dot may be missing, and a plain path gives no results where it
   * iterates null.
   *
   * @throws JqException when it is not a jq program
   */
  public Program selector(String text) {
    String program = new LeadingDot(function -> builtins().has(function)).added(text.strip());
    return kept("s" + program, () -> PlainPath.of(program).orElseGet(() -> full(program)));
  }

  /**
   * A program taken as it is written; only one that starts with a function nobody defines is tried with a dot before it.
   *
   * @throws JqException when it is not a jq program
   */
  public Program script(String text) {
    return kept("f" + text, () -> lenient(text));
  }

  /** Makes the functions now that the first program other than a plain path waits for. */
  public void prepare() {
    builtins();
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

  // half a second to make, and plain paths, which nine of ten selectors are, do without
  private Builtins builtins() {
    Builtins made = builtins;
    if (made == null) {
      synchronized (compiled) {
        made = builtins == null ? new Builtins(budgets) : builtins;
        builtins = made;
      }
    }
    return made;
  }

  private Program lenient(String text) {
    try {
      return full(text);
    } catch (JqException unknown) {
      String word = text.strip();
      if (String.valueOf(unknown.getMessage()).contains(NO_FUNCTION)
          && !word.isEmpty()
          && Character.isLetter(word.charAt(0))) {
        try {
          return full("." + word);
        } catch (JqException neither) {
          throw unknown;
        }
      }
      throw unknown;
    }
  }

  private Program full(String text) {
    try {
      Expression tree = ExpressionParser.compile(text, Versions.JQ_1_6);
      Tree parts = new Tree(budgets);
      Expression program = parts.guard(tree, Guard.Kind.READS);
      for (String function : new TreeSet<>(parts.called())) {
        if (!parts.defined().contains(function) && !builtins().has(function)) {
          throw new JqException("not a jq program: '" + text + "': " + NO_FUNCTION + function);
        }
      }
      for (String variable : parts.unbound()) {
        if (!variable.startsWith(GIVEN) && !ALWAYS_THERE.contains(variable)) {
          throw new JqException("not a jq program: '" + text + "': $" + variable
              + " is not defined; bind it by 'as $" + variable + "'");
        }
      }
      return new JacksonProgram(text, program, builtins().scope(), budgets);
    } catch (JqException unknown) {
      throw unknown;
    } catch (JsonQueryException | RuntimeException notJq) {
      throw new JqException("not a jq program: '" + text + "': " + notJq.getMessage(), notJq);
    } catch (StackOverflowError tooDeep) {
      throw new JqException("not a jq program: nested too deep", tooDeep);
    } catch (Error lexical) {
      // jackson-jq's scanner reports characters it does not know so
      if (lexical.getClass().getSimpleName().equals("TokenMgrError")) {
        throw new JqException("not a jq program: '" + text + "': " + lexical.getMessage(), lexical);
      }
      throw lexical;
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
}
