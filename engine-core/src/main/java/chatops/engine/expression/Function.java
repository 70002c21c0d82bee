package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One {@code Fn::} function. Stateless and thread-safe. */
public interface Function {
  /** {@code Fn::Join}; names are case-sensitive. */
  String name();

  /** How few arguments it takes; with {@link #most()} 1, a value that is not a list is the argument. */
  int least();

  /** How many arguments it takes at most. */
  int most();

  /** Whether argument {@code index} is a condition, where the name of an entry of {@code Conditions} may stand. */
  default boolean isCondition(int index) {
    return false;
  }

  /** Which argument is a jq program, or -1. */
  default int script() {
    return -1;
  }

  /** Whether its result is one of the values it was given, as it stood: what is secret about that is known already. */
  default boolean isPassing() {
    return false;
  }

  /** Whether equal arguments give equal results, at any time and place. */
  default boolean isFixed() {
    return true;
  }

  /** The words that argument {@code index} may be, in any letter case; empty when it is not one of a few words. */
  default List<String> words(int index) {
    return List.of();
  }

  /** Whether the whole argument, list or not, is one value ({@code Fn::Last: [a, b]}). */
  default boolean takesWhole() {
    return false;
  }

  /**
   * @throws ExpressionException made by {@link Arguments#wrong}, so that it names function and argument
   */
  JsonNode apply(Arguments arguments);
}
