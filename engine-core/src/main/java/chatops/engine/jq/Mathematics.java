package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeUtils;

/** The functions of the C library that jq 1.6 offers, jackson-jq lacks or has otherwise, and Java computes to the last bit. */
final class Mathematics {
  private static final Map<String, DoubleUnaryOperator> OF_ONE = Map.ofEntries(
      Map.entry("significand", Mathematics::significand),
      Map.entry("logb", Mathematics::logb),
      Map.entry("rint", Math::rint),
      Map.entry("round", Mathematics::rounded),
      Map.entry("nearbyint", Math::rint),
      Map.entry("pow10", x -> Math.pow(10, x)),
      Map.entry("asinh", x -> Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x)),
      Map.entry("acosh", x -> Math.log(x + Math.sqrt(x * x - 1))),
      Map.entry("atanh", x -> (Math.log1p(x) - Math.log1p(-x)) / 2));

  private static final Map<String, DoubleBinaryOperator> OF_TWO = Map.ofEntries(
      Map.entry("fmin", (a, b) -> isNan(a) ? b : isNan(b) ? a : Math.min(a, b)),
      Map.entry("fmax", (a, b) -> isNan(a) ? b : isNan(b) ? a : Math.max(a, b)),
      Map.entry("fdim", (a, b) -> a > b ? a - b : isNan(a + b) ? Double.NaN : 0),
      Map.entry("fmod", (a, b) -> a % b),
      Map.entry("drem", Math::IEEEremainder),
      Map.entry("remainder", Math::IEEEremainder),
      Map.entry("copysign", Math::copySign),
      Map.entry("hypot", Math::hypot),
      Map.entry("nextafter", Math::nextAfter),
      Map.entry("nexttoward", Math::nextAfter),
      Map.entry("ldexp", Mathematics::scaled),
      Map.entry("scalb", Mathematics::scaled),
      Map.entry("scalbln", Mathematics::scaled));

  private Mathematics() {}

  static void addTo(Scope scope) {
    OF_ONE.forEach((name, operation) -> scope.addFunction(
        name,
        0,
        (at, args, input, path, output, version) ->
            output.emit(node(operation.applyAsDouble(number(input))), null)));
    OF_TWO.forEach((name, operation) -> scope.addFunction(name, 2, of(operation)));
    scope.addFunction("fma", 3, fma());
    scope.addFunction(
        "frexp",
        0,
        (at, args, input, path, output, version) -> output.emit(frexp(number(input)), null));
    scope.addFunction(
        "modf",
        0,
        (at, args, input, path, output, version) -> output.emit(modf(number(input)), null));
  }

  private static Function of(DoubleBinaryOperator operation) {
    return (scope, args, input, path, output, version) -> each(
        scope,
        args.get(1),
        input,
        b -> each(
            scope,
            args.get(0),
            input,
            a -> output.emit(node(operation.applyAsDouble(a, b)), null)));
  }

  private static Function fma() {
    return (scope, args, input, path, output, version) -> each(
        scope,
        args.get(2),
        input,
        c -> each(
            scope,
            args.get(1),
            input,
            b -> each(scope, args.get(0), input, a -> output.emit(node(Math.fma(a, b, c)), null))));
  }

  private interface Step {
    void take(double number) throws JsonQueryException;
  }

  private static void each(Scope scope, Expression argument, JsonNode input, Step step)
      throws JsonQueryException {
    argument.apply(scope, input, value -> step.take(number(value)));
  }

  private static double number(JsonNode value) throws JsonQueryException {
    if (!value.isNumber()) {
      throw new JsonQueryException(
          Jq.typeOf(value) + " (" + JqText.json(value) + ") number required");
    }
    return value.doubleValue();
  }

  private static JsonNode node(double number) {
    return JsonNodeUtils.asNumericNode(number);
  }

  private static boolean isNan(double number) {
    return Double.isNaN(number);
  }

  private static boolean hasNoExponent(double number) {
    return number == 0 || Double.isNaN(number) || Double.isInfinite(number);
  }

  private static double significand(double number) {
    return hasNoExponent(number)
        ? number
        : Math.scalb(Math.scalb(number, 60), -Math.getExponent(Math.scalb(number, 60)));
  }

  private static double logb(double number) {
    if (number == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return hasNoExponent(number) ? Math.abs(number) : exponent(number);
  }

  // of numbers too small for a full mantissa, too
  private static int exponent(double number) {
    return Math.abs(number) < Double.MIN_NORMAL
        ? Math.getExponent(number * 0x1p60) - 60
        : Math.getExponent(number);
  }

  /** Halves away from zero; Java's own knows no number beyond those of a long, and has 0 for what is no number. */
  private static double rounded(double number) {
    double magnitude = Math.abs(number);
    double below = Math.floor(magnitude);
    return Math.copySign(magnitude - below < 0.5 ? below : Math.ceil(magnitude), number);
  }

  private static double scaled(double number, double by) {
    return Math.scalb(number, (int) Math.max(-5_000, Math.min(5_000, by)));
  }

  private static ArrayNode frexp(double number) {
    int exponent = hasNoExponent(number) ? 0 : exponent(number) + 1;
    double mantissa = exponent == 0 ? number : number / Math.pow(2, exponent);
    return pair(mantissa, exponent);
  }

  private static ArrayNode modf(double number) {
    double whole = number < 0 ? Math.ceil(number) : Math.floor(number);
    return pair(Double.isInfinite(number) ? 0 : number - whole, whole);
  }

  private static ArrayNode pair(double first, double second) {
    return JsonNodeFactory.instance.arrayNode().addAll(List.of(node(first), node(second)));
  }
}
