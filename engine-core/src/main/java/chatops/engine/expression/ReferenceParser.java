package chatops.engine.expression;

import chatops.engine.jq.Jq;
import chatops.engine.jq.JqException;
import chatops.engine.jq.Program;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resolves the text between a pair of braces. */
final class ReferenceParser {
  private static final Expression NOTHING = new Unreadable();

  private final Jq jq;
  private final Names names;
  private final Faults faults;

  ReferenceParser(Jq jq, Names names, Faults faults) {
    this.jq = jq;
    this.names = names;
    this.faults = faults;
  }

  Expression parse(String text, String pointer) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("oos:") || lower.startsWith("oos-secret:")) {
      return new Reference(Reference.Kind.STORED, text, null, null);
    }
    int dot = text.indexOf('.');
    String name = dot < 0 ? text : text.substring(0, dot).strip();
    String rest = dot < 0 ? "" : text.substring(dot + 1).strip();
    if (lower.startsWith("acs::")) {
      return pseudo(name, rest, pointer);
    }
    return rest.isEmpty() ? parameter(name, "", pointer) : dotted(name, rest, pointer);
  }

  /** Whether {@code text} names a parameter, whole. */
  boolean isParameter(String text) {
    return text.indexOf('.') < 0 && text.indexOf(':') < 0 && names.parameter(text) != null;
  }

  private Expression pseudo(String text, String rest, String pointer) {
    String name = text.substring("ACS::".length());
    Optional<String> known = Spelling.find(PseudoParameters.ALL, name);
    if (known.isEmpty()) {
      faults.add(
          Fault.UNKNOWN_REFERENCE,
          pointer,
          "unknown pseudo parameter '" + text + "'",
          Spelling.suggest(name, PseudoParameters.ALL, "declare a parameter and read that"));
      return NOTHING;
    }
    if (known.get().equals(PseudoParameters.TASK_LOOP_ITEM)) {
      names.readsItem(pointer);
    }
    return path(Reference.Kind.PSEUDO, known.get(), rest, pointer);
  }

  private Expression parameter(String name, String rest, String pointer) {
    Optional<String> declared = Optional.ofNullable(names.parameter(name));
    if (declared.isEmpty()) {
      boolean isTask = names.task(name, pointer) != null;
      faults.add(
          Fault.UNKNOWN_REFERENCE,
          pointer,
          isTask
              ? "'" + name + "' is a task, and a task has no value of its own"
              : "nothing is named '" + name + "'",
          isTask
              ? "write {{ " + name + ".output }}"
              : Spelling.suggest(name, names.all(), "declare it under Parameters"));
      return NOTHING;
    }
    noteCase(name, declared.get(), pointer);
    return path(Reference.Kind.PARAMETER, declared.get(), rest, pointer);
  }

  private Expression dotted(String name, String rest, String pointer) {
    @Nullable String task = names.task(name, pointer);
    if (task == null) {
      return parameter(name, rest, pointer);
    }
    noteCase(name, task, pointer);
    @Nullable String output = names.output(task, rest);
    if (output != null) {
      noteCase(rest, output, pointer);
      return new Reference(Reference.Kind.TASK, task, output, null);
    }
    undeclared(task, rest, pointer);
    return path(Reference.Kind.TASK, task, rest, pointer);
  }

  /**
   * A path of several steps is the documented way to read a result without declaring an output; one word may be a misspelt
   * output, and a path that begins with a declared output does not start there.
   */
  private void undeclared(String task, String rest, String pointer) {
    String first = rest.split("[^A-Za-z0-9_-]", 2)[0];
    @Nullable String output = first.isEmpty() ? null : names.output(task, first);
    if (output != null) {
      faults.add(
          Fault.UNDECLARED_OUTPUT,
          pointer,
          "'" + rest + "' is read as a jq path over the result of task '" + task
              + "', not over its output '" + output + "'",
          "take the part by Fn::Select or Fn::Jq, or let an output's ValueSelector select it");
    } else if (first.equals(rest)) {
      faults.add(
          Fault.UNDECLARED_OUTPUT,
          pointer,
          "task '" + task + "' declares no output '" + rest
              + "'; it is read as a jq path over the task's result",
          "declare the output, or nothing to do if the path is meant");
    }
  }

  private Expression path(Reference.Kind kind, String name, String rest, String pointer) {
    if (rest.isEmpty()) {
      return new Reference(kind, name, null, null);
    }
    try {
      Program program = jq.selector(rest);
      return new Reference(kind, name, null, new Reference.Path(rest, program));
    } catch (JqException notJq) {
      faults.add(
          Fault.INVALID_SELECTOR,
          pointer,
          "reference to '" + name + "': " + notJq.getMessage(),
          "what follows the first dot must be an output's name or a jq path");
      return NOTHING;
    }
  }

  private void noteCase(String written, String declared, String pointer) {
    if (!written.equals(declared)) {
      faults.add(
          Fault.REFERENCE_CASE,
          pointer,
          "'" + written + "' is declared as '" + declared + "'",
          "write '" + declared + "'; it works either way");
    }
  }
}
