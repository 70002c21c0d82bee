package chatops.local.rehearsal.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.util.function.BiConsumer;

/** What a condition wants of the values it compares. */
final class Comparison {
  private Comparison() {}

  /** The outcome of {@code left operator right}; a wish for it becomes wishes for both sides. */
  static Form of(String operator, Form left, Form right) {
    return condition((wanted, force) -> want(operator, left, right, wanted, force));
  }

  /** A boolean that can be wished to be true or false. */
  static Form condition(BiConsumer<Boolean, Force> want) {
    return Form.computed(Form.Kind.BOOLEAN, (value, equal, force) -> {
      boolean isTrue = value.isBoolean() ? value.booleanValue() : value.asText().equals("true");
      want.accept(isTrue == equal, force);
    });
  }

  static Form not(Form condition) {
    return condition((wanted, force) -> truth(condition, !wanted, force));
  }

  static Form and(Form left, Form right) {
    return condition((wanted, force) -> {
      truth(left, wanted, force);
      if (wanted) {
        truth(right, true, force);
      } else {
        truth(right, false, Force.MAY);
      }
    });
  }

  static Form or(Form left, Form right) {
    return condition((wanted, force) -> {
      truth(left, wanted, force);
      truth(right, wanted, wanted ? Force.MAY : force);
    });
  }

  /** Wishes that a condition holds, or does not. */
  static void truth(Form condition, boolean wanted, Force force) {
    condition.wish(BooleanNode.valueOf(wanted), force);
  }

  private static void want(String operator, Form left, Form right, boolean wanted, Force force) {
    switch (operator) {
      case "==" -> equal(left, right, wanted, force);
      case "!=" -> equal(left, right, !wanted, force);
      case "<" -> ordered(left, right, wanted ? -1 : 0, force);
      case "<=" -> ordered(left, right, wanted ? 0 : 1, force);
      case ">" -> ordered(left, right, wanted ? 1 : 0, force);
      default -> ordered(left, right, wanted ? 0 : -1, force);
    }
  }

  private static void equal(Form left, Form right, boolean wanted, Force force) {
    if (right.known().isPresent()) {
      one(left, right.known().get(), wanted, force);
    } else if (left.known().isPresent()) {
      one(right, left.known().get(), wanted, force);
    } else if (wanted) {
      left.sameAs(right);
      right.sameAs(left);
    }
  }

  private static void one(Form form, JsonNode value, boolean wanted, Force force) {
    if (wanted) {
      form.wish(value, force);
    } else {
      form.refuse(value, force);
    }
  }

  /** @param side how the left side is to lie to the right one: below -1, level 0, above 1 */
  private static void ordered(Form left, Form right, int side, Force force) {
    if (right.known().isPresent()) {
      left.wish(beside(right.known().get(), side), force);
    } else if (left.known().isPresent()) {
      right.wish(beside(left.known().get(), -side), force);
    } else {
      left.beside(right, side);
      right.beside(left, -side);
    }
  }

  private static JsonNode beside(JsonNode value, int side) {
    return value.isNumber() && side != 0
        ? DecimalNode.valueOf(value.decimalValue().add(BigDecimal.valueOf(side)))
        : value;
  }
}
