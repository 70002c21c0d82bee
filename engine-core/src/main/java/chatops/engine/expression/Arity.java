package chatops.engine.expression;

/** How many arguments a function takes, in words. */
final class Arity {
  private Arity() {}

  static String of(Function function) {
    int least = function.least();
    int most = function.most();
    if (least == most) {
      return least + (least == 1 ? " argument" : " arguments");
    }
    return most == Integer.MAX_VALUE
        ? "at least " + least + (least == 1 ? " argument" : " arguments")
        : least + " to " + most + " arguments";
  }
}
