package chatops.engine.expression;

import chatops.engine.jq.Jq;
import chatops.engine.jq.JqException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Turns program text with references in it into a program with variables (specification 11.4). Inside a string of the
 * program a reference becomes an interpolation, after a dot a field name, elsewhere a value.
 */
final class ScriptText {
  private static final String PREFIX = Jq.GIVEN;

  private enum State {
    CODE,
    STRING,
    COMMENT
  }

  private final StringBuilder program = new StringBuilder();
  private final List<FixedScript.Variable> variables = new ArrayList<>();
  // one entry for each string interpolation we are in: how many parentheses are open inside it
  private final Deque<Integer> interpolations = new ArrayDeque<>();
  private State state = State.CODE;
  private int open;
  private boolean escaped;

  ScriptText literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (state) {
        case COMMENT -> state = c == '\n' ? State.CODE : State.COMMENT;
        case STRING -> inString(c);
        case CODE -> inCode(c);
      }
    }
    program.append(text);
    return this;
  }

  private void inString(char c) {
    if (escaped) {
      escaped = false;
      if (c == '(') {
        interpolations.push(open);
        open = 0;
        state = State.CODE;
      }
    } else if (c == '\\') {
      escaped = true;
    } else if (c == '"') {
      state = State.CODE;
    }
  }

  private void inCode(char c) {
    switch (c) {
      case '"' -> state = State.STRING;
      case '#' -> state = State.COMMENT;
      case '(' -> open++;
      case ')' -> {
        if (open == 0 && !interpolations.isEmpty()) {
          open = interpolations.pop();
          state = State.STRING;
        } else {
          open--;
        }
      }
      default -> {}
    }
  }

  ScriptText reference(Expression value) {
    String name = PREFIX + variables.size();
    boolean quoted = state == State.STRING;
    if (quoted && escaped) {
      throw new JqException("a reference cannot follow a backslash: " + program);
    }
    boolean field = state == State.CODE && afterDot();
    variables.add(new FixedScript.Variable(name, value, quoted || field));
    if (quoted) {
      program.append("\\($").append(name).append(')');
    } else if (field) {
      program.append("\"\\($").append(name).append(")\"");
    } else {
      program.append("($").append(name).append(')');
    }
    return this;
  }

  private boolean afterDot() {
    int last = program.length() - 1;
    return last >= 0
        && program.charAt(last) == '.'
        && (last == 0 || program.charAt(last - 1) != '.');
  }

  /** @throws JqException when the text is no program */
  FixedScript compile(Jq jq, boolean selector) {
    String text = program.toString();
    return new FixedScript(selector ? jq.selector(text) : jq.script(text), variables);
  }
}
