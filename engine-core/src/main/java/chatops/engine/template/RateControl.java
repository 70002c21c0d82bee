package chatops.engine.template;

import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a loop walks its items, computed for their number (specification 5.3): batch after batch, each with its own
 * parallelism.
 *
 * @param batches sizes add up to the number of items; in Concurrency mode there is one batch
 * @param maxErrors failures tolerated
 */
public record RateControl(List<Batch> batches, int maxErrors, Pause pause) {
  /** How many items run at the same time at most, whatever is asked for. */
  public static final int MOST_CONCURRENT = 100;

  /** The fields that a RateControl object has. */
  static final List<String> FIELDS = List.of(
      "Mode", "Concurrency", "MaxErrors", "Batch", "ConcurrencyInBatches", "BatchPauseOption");

  private static final int DEFAULT_IN_BATCH = 20;

  /** One batch: {@code size} items from {@code from} (from 0), {@code concurrency} of them at a time. */
  public record Batch(int from, int size, int concurrency) {}

  /** After which batches a person is asked. */
  public enum Pause {
    AUTOMATIC,
    FIRST_BATCH_PAUSE,
    EVERY_BATCH_PAUSE
  }

  public RateControl {
    batches = List.copyOf(batches);
  }

  /** The same batches, one item at a time. */
  public RateControl oneByOne() {
    return new RateControl(
        batches.stream().map(b -> new Batch(b.from(), b.size(), 1)).toList(), maxErrors, pause);
  }

  /** @param loopMode of the execution; takes the place of the loop's own option, unless it is Automatic */
  public RateControl pausing(String loopMode) {
    return switch (loopMode.toLowerCase(Locale.ROOT)) {
      case "firstbatchpause" -> new RateControl(batches, maxErrors, Pause.FIRST_BATCH_PAUSE);
      case "everybatchpause" -> new RateControl(batches, maxErrors, Pause.EVERY_BATCH_PAUSE);
      default -> this;
    };
  }

  /** Whether to ask a person after batch {@code index} (from 0); never after the last. */
  public boolean pausesAfter(int index) {
    boolean isLast = index == batches.size() - 1;
    return !isLast
        && (pause == Pause.EVERY_BATCH_PAUSE || (pause == Pause.FIRST_BATCH_PAUSE && index == 0));
  }

  /**
   * @param value the RateControl object or its JSON text; null or empty means one item at a time and no errors
   * @throws ExpressionException naming the field that is wrong
   */
  public static RateControl of(JsonNode value, int items) {
    JsonNode fields =
        value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
    boolean isNone = fields.isNull()
        || fields.isMissingNode()
        || (fields.isTextual() && fields.textValue().isBlank());
    if (!isNone && !fields.isObject()) {
      throw new ExpressionException(
          "RateControl: expected a map, found " + JsonText.described(value));
    }
    int maxErrors =
        quantity("MaxErrors", fields.path("MaxErrors"), items, RoundingMode.FLOOR, 0, 0);
    String mode = word(fields.path("Mode"));
    JsonNode concurrency = list(fields.path("Concurrency"));
    if (concurrency.isArray()) {
      return new RateControl(
          batches(concurrency, concurrency, "Concurrency", items), maxErrors, pause(fields));
    }
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "", "concurrency" -> {
        int atOnce = Math.min(
            MOST_CONCURRENT,
            quantity("Concurrency", concurrency, items, RoundingMode.CEILING, 1, 1));
        List<Batch> one = items == 0 ? List.of() : List.of(new Batch(0, items, atOnce));
        yield new RateControl(one, maxErrors, Pause.AUTOMATIC);
      }
      case "batch" ->
        new RateControl(
            batches(
                list(fields.path("Batch")),
                list(fields.path("ConcurrencyInBatches")),
                "Batch",
                items),
            maxErrors,
            pause(fields));
      default ->
        throw new ExpressionException(
            "RateControl.Mode: expected Concurrency or Batch, found '" + mode + "'");
    };
  }

  private static List<Batch> batches(JsonNode sizes, JsonNode parallel, String field, int items) {
    if (!sizes.isArray() || sizes.isEmpty()) {
      throw new ExpressionException("RateControl." + field
          + ": expected a list of sizes such as [1, 25%], found " + JsonText.brief(sizes));
    }
    List<Batch> batches = new ArrayList<>();
    int from = 0;
    while (from < items) {
      int index = batches.size();
      JsonNode size = sizes.path(Math.min(index, sizes.size() - 1));
      int wanted = quantity(field + "[" + index + "]", size, items, RoundingMode.CEILING, 1, 1);
      int taken = Math.min(wanted, items - from);
      JsonNode inBatch = parallel.path(Math.min(index, parallel.size() - 1));
      int atOnce = quantity(
          "ConcurrencyInBatches[" + index + "]",
          inBatch,
          items,
          RoundingMode.CEILING,
          1,
          DEFAULT_IN_BATCH);
      batches.add(new Batch(from, taken, Math.min(MOST_CONCURRENT, atOnce)));
      from += taken;
    }
    return batches;
  }

  private static JsonNode list(JsonNode value) {
    return value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
  }

  private static Pause pause(JsonNode fields) {
    String option = word(fields.path("BatchPauseOption"));
    return switch (option.toLowerCase(Locale.ROOT)) {
      case "", "automatic" -> Pause.AUTOMATIC;
      case "firstbatchpause" -> Pause.FIRST_BATCH_PAUSE;
      case "everybatchpause" -> Pause.EVERY_BATCH_PAUSE;
      default ->
        throw new ExpressionException(
            "RateControl.BatchPauseOption: expected Automatic, FirstBatchPause or EveryBatchPause, found '"
                + option
                + "'");
    };
  }

  /** A number or a percentage of {@code items}, as a number or as text. */
  private static int quantity(
      String field, JsonNode value, int items, RoundingMode rounding, int least, int whenAbsent) {
    String text = word(value);
    if (text.isEmpty()) {
      return whenAbsent;
    }
    boolean isPercent = text.endsWith("%");
    Optional<BigDecimal> number = JsonText.parse(
            isPercent ? text.substring(0, text.length() - 1) : text)
        .filter(JsonNode::isNumber)
        .map(JsonNode::decimalValue)
        .filter(n -> n.signum() >= 0 && n.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0);
    if (number.isEmpty() || (!isPercent && number.get().compareTo(BigDecimal.valueOf(least)) < 0)) {
      throw new ExpressionException("RateControl." + field + ": expected a number from " + least
          + " or a percentage, found " + JsonText.brief(value));
    }
    if (!isPercent) {
      return number.get().intValue();
    }
    BigDecimal share =
        number.get().multiply(BigDecimal.valueOf(items)).divide(BigDecimal.valueOf(100));
    return Math.max(least, share.setScale(0, rounding).intValue());
  }

  /** Text without the stray commas and blanks that published defaults carry; empty for null. */
  private static String word(JsonNode value) {
    return JsonText.of(value, "").strip().replaceAll("[,\\s]+$", "");
  }
}
