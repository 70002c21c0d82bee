package chatops.engine.expression;

/** Where a parser tells what it finds wrong. */
@FunctionalInterface
public interface Faults {
  /**
   * @param pointer JSON pointer of the place in the template
   * @param message what was found and what was expected
   * @param remedy what the author can do
   */
  void add(Fault fault, String pointer, String message, String remedy);
}
