package chatops.local.rehearsal.jq;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a jq 1.6 program; one use per text. */
public final class ProgramParser {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Binary operators from the loosest to the tightest. */
  private static final List<Set<String>> LEVELS = List.of(
      Set.of("//"),
      Set.of("=", "|=", "+=", "-=", "*=", "/=", "%=", "//="),
      Set.of("or"),
      Set.of("and"),
      Set.of("==", "!=", "<", "<=", ">", ">="),
      Set.of("+", "-"),
      Set.of("*", "/", "%"));

  private final Tokens tokens;

  private ProgramParser(String text) {
    this.tokens = new Tokens(text);
  }

  /** @throws IllegalArgumentException when it is no program this parser knows */
  public static Term parse(String text) {
    ProgramParser parser = new ProgramParser(text);
    Term program = parser.pipe();
    parser.tokens.expect(Tokens.END);
    return program;
  }

  private Term pipe() {
    if (tokens.takes("def")) {
      return definition();
    }
    Term left = comma();
    if (tokens.takes("as")) {
      List<String> names = pattern();
      tokens.expect("|");
      return new Term.As(left, names, pipe());
    }
    return tokens.takes("|") ? new Term.Pipe(left, pipe()) : left;
  }

  private Term definition() {
    String name = tokens.take();
    List<String> parameters = new ArrayList<>();
    if (tokens.takes("(")) {
      do {
        parameters.add(tokens.take());
      } while (tokens.takes(";"));
      tokens.expect(")");
    }
    tokens.expect(":");
    Term content = pipe();
    tokens.expect(";");
    return new Term.Def(name, parameters, content, pipe());
  }

  /** Names bound by {@code $x}, {@code [$a, $b]} or {@code {a: $x}}. */
  private List<String> pattern() {
    List<String> names = new ArrayList<>();
    int depth = 0;
    do {
      String token = tokens.take();
      depth += token.equals("[") || token.equals("{") ? 1 : 0;
      depth -= token.equals("]") || token.equals("}") ? 1 : 0;
      if (token.startsWith("$")) {
        names.add(token.substring(1));
      }
      if (token.equals(Tokens.END)) {
        throw new IllegalArgumentException("jq: a pattern does not end");
      }
    } while (depth > 0);
    return names;
  }

  private Term comma() {
    Term left = operation(0);
    while (tokens.takes(",")) {
      left = new Term.Comma(left, operation(0));
    }
    return left;
  }

  private Term operation(int level) {
    if (level == LEVELS.size()) {
      return unary();
    }
    Term left = operation(level + 1);
    while (LEVELS.get(level).contains(tokens.peek())) {
      left = new Term.Operation(tokens.take(), left, operation(level + 1));
    }
    return left;
  }

  private Term unary() {
    if (tokens.takes("-")) {
      return new Term.Operation("-", new Term.Literal(JSON.numberNode(0)), postfix());
    }
    Term term = postfix();
    if (tokens.peek().equals("as")) {
      tokens.take();
      List<String> names = pattern();
      tokens.expect("|");
      return new Term.As(term, names, pipe());
    }
    return term;
  }

  private Term postfix() {
    Term term = primary();
    while (true) {
      String token = tokens.peek();
      if (token.equals("?")) {
        tokens.take();
        term = new Term.Try(term);
      } else if (token.equals("[")) {
        tokens.take();
        term = bracket(term);
      } else if (token.length() > 1 && token.startsWith(".") && !token.equals("..")) {
        tokens.take();
        term = new Term.At(term, text(token.substring(1)));
      } else if (token.equals(".")) {
        tokens.take();
        term = afterDot(term);
      } else {
        return term;
      }
    }
  }

  private Term afterDot(Term of) {
    if (tokens.peek().startsWith("\"")) {
      return new Term.At(of, new StringReading(tokens.take()).term());
    }
    tokens.expect("[");
    return bracket(of);
  }

  private Term bracket(Term of) {
    if (tokens.takes("]")) {
      return new Term.Each(of);
    }
    if (tokens.takes(":")) {
      pipe();
      tokens.expect("]");
      return new Term.Slice(of);
    }
    Term key = pipe();
    if (tokens.takes(":")) {
      if (!tokens.peek().equals("]")) {
        pipe();
      }
      tokens.expect("]");
      return new Term.Slice(of);
    }
    tokens.expect("]");
    return new Term.At(of, key);
  }

  private static Term text(String value) {
    return new Term.Literal(JSON.textNode(value));
  }

  private Term primary() {
    String token = tokens.take();
    if (token.startsWith("\"")) {
      return new StringReading(token).term();
    }
    if (token.length() > 1 && token.startsWith(".") && !token.equals("..")) {
      return new Term.At(new Term.Identity(), text(token.substring(1)));
    }
    if (token.startsWith("$")) {
      return new Term.Variable(token.substring(1));
    }
    if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
      return new Term.Literal(JSON.numberNode(new BigDecimal(token)));
    }
    return switch (token) {
      case "." ->
        tokens.peek().startsWith("\"") || tokens.peek().equals("[")
            ? afterDot(new Term.Identity())
            : new Term.Identity();
      case ".." -> new Term.Call("recurse", List.of());
      case "(" -> {
        Term inner = pipe();
        tokens.expect(")");
        yield inner;
      }
      case "[" -> {
        Term content = tokens.peek().equals("]") ? null : pipe();
        tokens.expect("]");
        yield new Term.ListOf(content);
      }
      case "{" -> map();
      case "if" -> branch();
      case "try" -> {
        Term of = postfix();
        if (tokens.takes("catch")) {
          postfix();
        }
        yield new Term.Try(of);
      }
      case "reduce", "foreach" -> fold();
      case "null" -> new Term.Literal(JSON.nullNode());
      case "true" -> new Term.Literal(JSON.booleanNode(true));
      case "false" -> new Term.Literal(JSON.booleanNode(false));
      default -> call(token);
    };
  }

  private Term branch() {
    Term condition = pipe();
    tokens.expect("then");
    Term then = pipe();
    Term otherwise;
    if (tokens.takes("elif")) {
      otherwise = branch();
      return new Term.If(condition, then, otherwise);
    }
    otherwise = tokens.takes("else") ? pipe() : new Term.Identity();
    tokens.expect("end");
    return new Term.If(condition, then, otherwise);
  }

  private Term fold() {
    Term source = postfix();
    tokens.expect("as");
    List<String> names = pattern();
    tokens.expect("(");
    Term start = pipe();
    tokens.expect(";");
    Term update = pipe();
    Term extract = tokens.takes(";") ? pipe() : null;
    tokens.expect(")");
    return new Term.Fold(source, names, start, update, extract);
  }

  private Term map() {
    List<Map.Entry<Term, Term>> entries = new ArrayList<>();
    while (!tokens.takes("}")) {
      String token = tokens.take();
      Term key;
      Term short_;
      if (token.equals("(")) {
        key = pipe();
        tokens.expect(")");
        short_ = key;
      } else if (token.startsWith("$")) {
        key = text(token.substring(1));
        short_ = new Term.Variable(token.substring(1));
      } else {
        key = token.startsWith("\"") ? new StringReading(token).term() : text(token);
        short_ = new Term.At(new Term.Identity(), key);
      }
      entries.add(Map.entry(key, tokens.takes(":") ? value() : short_));
      if (!tokens.takes(",") && !tokens.peek().equals("}")) {
        tokens.expect("}");
      }
    }
    return new Term.MapOf(entries);
  }

  /** A map's value ends at a comma; pipes may stand in it without parentheses. */
  private Term value() {
    Term left = operation(0);
    return tokens.takes("|") ? new Term.Pipe(left, value()) : left;
  }

  private Term call(String name) {
    if (name.isEmpty()
        || !(Character.isLetter(name.charAt(0)) || "_@".indexOf(name.charAt(0)) >= 0)) {
      throw new IllegalArgumentException("jq: unexpected '" + name + "'");
    }
    List<Term> arguments = new ArrayList<>();
    if (tokens.takes("(")) {
      do {
        arguments.add(pipe());
      } while (tokens.takes(";"));
      tokens.expect(")");
    }
    return new Term.Call(name, arguments);
  }
}
