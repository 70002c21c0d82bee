package chatops.engine.template;

import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionParser;
import chatops.engine.expression.Fault;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Literal;
import chatops.engine.expression.Spelling;
import chatops.engine.expression.function.Aggregation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a task's {@code Loop}. */
final class LoopParser {
  private static final List<String> KEYS = List.of(
      "Items",
      "RateControl",
      "Outputs",
      "Mode",
      "Concurrency",
      "MaxErrors",
      "BatchPauseOption",
      "Batch",
      "ConcurrencyInBatches");

  private final Fields loop;
  private final ExpressionParser values;
  private final Findings findings;

  LoopParser(Fields loop, ExpressionParser values, Findings findings) {
    this.loop = loop;
    this.values = values;
    this.findings = findings;
  }

  /** @param itemOutputs names of the outputs each item has */
  Task.Loop parse(Set<String> itemOutputs) {
    loop.only(KEYS);
    if (!loop.has("Items")) {
      loop.missing("Items");
    }
    Expression items = loop.has("Items")
        ? values.value(loop.get("Items"), loop.at("Items"))
        : new Literal(NullNode.getInstance());
    return new Task.Loop(items, rateControl(), aggregates(itemOutputs));
  }

  private @Nullable Expression rateControl() {
    // the older form: fields of RateControl directly under Loop
    ObjectNode direct = JsonNodeFactory.instance.objectNode();
    RateControl.FIELDS.stream().filter(loop::has).forEach(key -> direct.set(key, loop.get(key)));
    JsonNode written = loop.get("RateControl");
    WrittenValues given = new WrittenValues(loop);
    given.items("Items");
    given.rateControl(
        "RateControl", written.isMissingNode() && !direct.isEmpty() ? direct : written);
    if (written.isMissingNode()) {
      return direct.isEmpty() ? null : values.value(direct, loop.pointer());
    }
    if (written.isObject() && !direct.isEmpty()) {
      ObjectNode both = direct.deepCopy();
      written.properties().forEach(entry -> both.set(entry.getKey(), entry.getValue()));
      return values.value(both, loop.at("RateControl"));
    }
    return values.value(written, loop.at("RateControl"));
  }

  private Map<String, Task.Aggregate> aggregates(Set<String> itemOutputs) {
    Map<String, Task.Aggregate> aggregates = new LinkedHashMap<>();
    Fields all = loop.map("Outputs", loop.owner() + ", Outputs");
    loop.entries("Outputs").forEach((name, definition) -> {
      Fields fields = new Fields(
              definition, all.at(name), loop.owner() + ", output '" + name + "'", findings)
          .only(List.of("AggregateType", "AggregateField", "Type", "Description"));
      String type = fields.requiredText("AggregateType").orElse("Fn::ListJoin");
      String field = fields.requiredText("AggregateField").orElse("");
      if (!Aggregation.TYPES.contains(type)) {
        findings.add(
            Fault.WRONG_VALUE,
            fields.at("AggregateType"),
            fields.owner() + ": AggregateType must be one of "
                + String.join(", ", Aggregation.TYPES.stream().sorted().toList()) + ", found "
                + JsonText.brief(fields.get("AggregateType")),
            Spelling.meant(type, Aggregation.TYPES, "write one of them"));
      }
      String declared = Spelling.find(itemOutputs, field).orElse(field);
      if (!field.isEmpty() && !itemOutputs.contains(declared)) {
        findings.add(
            Fault.UNKNOWN_AGGREGATE_FIELD,
            fields.at("AggregateField"),
            fields.owner() + ": the task has no output '" + field + "', so every element is null",
            Spelling.suggest(field, itemOutputs, "declare it under the task's Outputs"));
      }
      aggregates.put(name, new Task.Aggregate(type, declared));
    });
    return Collections.unmodifiableMap(aggregates);
  }
}
