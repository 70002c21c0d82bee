package chatops.engine.jq;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one compiled program. jackson-jq has no limits and no visitor, so its tree is walked by reflection once
 * after compiling, to put a {@link Guard} around every part and to note which functions are called and defined.
 */
final class Tree {
  private static final String LIBRARY = "net.thisptr.jackson.jq.";

  private final Supplier<Budget> budgets;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> called = new HashSet<>();
  private final Set<String> defined = new HashSet<>();
  private final Set<String> read = new HashSet<>();
  private final Set<String> bound = new HashSet<>();

  Tree(Supplier<Budget> budgets) {
    this.budgets = budgets;
  }

  /** Functions called, as {@code name/arity}. */
  Set<String> called() {
    return called;
  }

  /** Functions and function arguments defined by the program, as {@code name/arity}. */
  Set<String> defined() {
    return defined;
  }

  /** Variables that are read and that nothing in the program binds, anywhere. */
  Set<String> unbound() {
    Set<String> unbound = new TreeSet<>(read);
    unbound.removeAll(bound);
    return unbound;
  }

  Expression guard(Expression expression, Guard.Kind kind) {
    if (expression instanceof Guard) {
      return expression;
    }
    Expression mended = Mending.replaced(expression);
    guardFields(mended);
    return new Guard(mended, kind, budgets);
  }

  /** Guards every expression that {@code part} holds. */
  void guardFields(Object part) {
    if (!seen.add(part)) {
      return;
    }
    Mending.mend(part);
    for (Class<?> type = part.getClass();
        type != null && isLibrary(type);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          guardField(part, field);
        }
      }
    }
    note(part);
  }

  private void guardField(Object owner, Field field) {
    try {
      field.setAccessible(true);
      @Nullable Object value = field.get(owner);
      if (value != null) {
        @Nullable Object guarded = guarded(owner, field.getName(), value);
        if (guarded != null) {
          field.set(owner, guarded);
        }
      }
    } catch (IllegalAccessException | RuntimeException changed) {
      throw new IllegalStateException(
          "jackson-jq's " + owner.getClass().getName() + "." + field.getName()
              + " cannot be guarded; was the library replaced?",
          changed);
    }
  }

  /** What to put in place of {@code value}, or null to leave it. */
  private @Nullable Object guarded(Object owner, String field, Object value) {
    if (value instanceof ValueLiteral && owner.getClass().getSimpleName().equals("FieldMatcher")) {
      // the library casts the keys of patterns
      return null;
    }
    if (value instanceof Expression expression) {
      return guard(expression, kind(field, expression));
    }
    if (value instanceof List<?> list) {
      List<Object> guarded = new ArrayList<>();
      for (Object element : list) {
        @Nullable Object replaced = element == null ? null : guarded(owner, field, element);
        guarded.add(replaced == null ? element : replaced);
      }
      return guarded;
    }
    boolean isPart = isLibrary(value.getClass())
        && !(value instanceof Scope)
        && !(value instanceof Version)
        && !(value instanceof Enum);
    if (isPart) {
      guardFields(value);
    }
    return null;
  }

  private static Guard.Kind kind(String field, Expression part) {
    if (field.equals("startExpr") || field.equals("endExpr")) {
      return Guard.Kind.INDEXES;
    }
    String name = part.getClass().getSimpleName();
    boolean builds = name.equals("FunctionCall")
        || name.equals("ArrayConstruction")
        || name.equals("ObjectConstruction")
        || name.equals("StringInterpolation")
        || name.equals("FormattingFilter")
        || name.endsWith("Assignment")
        || name.equals("PlusExpression")
        || name.equals("MultiplyExpression");
    return builds ? Guard.Kind.BUILDS : Guard.Kind.READS;
  }

  private static boolean isLibrary(Class<?> type) {
    return type.getName().startsWith(LIBRARY);
  }

  private void note(Object part) {
    switch (part.getClass().getSimpleName()) {
      case "FunctionCall" -> {
        if (read(part, "moduleName") == null) {
          called.add(read(part, "name") + "/" + ((List<?>) listOf(part, "args")).size());
        }
      }
      case "FunctionDefinition" -> {
        List<?> args = listOf(part, "args");
        defined.add(read(part, "fname") + "/" + args.size());
        for (Object arg : args) {
          String name = String.valueOf(arg).replace("$", "");
          defined.add(name + "/0");
          bound.add(name);
        }
      }
      case "VariableAccess" -> {
        if (read(part, "moduleName") == null) {
          read.add(String.valueOf(read(part, "name")));
        }
      }
      case "ValueMatcher" -> bound.add(String.valueOf(read(part, "name")));
      case "FieldMatcher" -> bound.addAll(words(read(part, "name")));
      default -> {}
    }
  }

  // a key of a pattern binds a variable where it is one: {$name}
  private static Set<String> words(@Nullable Object key) {
    Set<String> words = new HashSet<>();
    for (String word : String.valueOf(key).split("[^A-Za-z0-9_]+")) {
      words.add(word);
    }
    return words;
  }

  private static List<?> listOf(Object owner, String field) {
    return read(owner, field) instanceof List<?> list ? list : List.of();
  }

  private static @Nullable Object read(Object owner, String name) {
    try {
      Field field = owner.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(
          "jackson-jq has no " + owner.getClass().getName() + "." + name, changed);
    }
  }
}
