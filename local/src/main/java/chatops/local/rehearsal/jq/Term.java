package chatops.local.rehearsal.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a jq 1.6 program. Immutable. */
public sealed interface Term {
  /** {@code .} */
  record Identity() implements Term {}

  /** {@code of[key]}, also {@code of.name}. */
  record At(Term of, Term key) implements Term {}

  /** {@code of[from:to]} */
  record Slice(Term of) implements Term {}

  /** {@code of[]} */
  record Each(Term of) implements Term {}

  record Literal(JsonNode value) implements Term {}

  /** Text with interpolated parts. */
  record Text(List<Term> parts) implements Term {}

  record Variable(String name) implements Term {}

  record Pipe(Term left, Term right) implements Term {}

  record Comma(Term left, Term right) implements Term {}

  /** Arithmetic, comparison, logic, alternative and assignment. */
  record Operation(String operator, Term left, Term right) implements Term {}

  record ListOf(@Nullable Term content) implements Term {}

  record MapOf(List<Map.Entry<Term, Term>> entries) implements Term {}

  record If(Term condition, Term then, Term otherwise) implements Term {}

  /** {@code source as $names | body}; a pattern binds the names in it. */
  record As(Term source, List<String> names, Term body) implements Term {}

  /** {@code reduce} and {@code foreach}. */
  record Fold(
      Term source,
      List<String> names,
      Term start,
      Term update,
      @Nullable Term extract) implements Term {}

  record Call(String name, List<Term> arguments) implements Term {}

  /** {@code of?} and {@code try of}. */
  record Try(Term of) implements Term {}

  /** {@code def name: …; body}. */
  record Def(String name, List<String> parameters, Term content, Term body) implements Term {}
}
