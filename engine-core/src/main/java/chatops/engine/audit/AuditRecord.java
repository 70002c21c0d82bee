package chatops.engine.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * One thing that happened to an execution and must be answered for. It has no secret in it: who makes one masks every text.
 *
 * @param kind one of {@link Kinds}
 * @param fields what else is to be said, in the order it is shown; texts, numbers and lists of texts only
 */
public record AuditRecord(Instant at, String kind, ObjectNode fields) {
  /** Longest text of one field; what is longer is cut and ends in {@code …}. */
  static final int LONGEST = 1000;

  static AuditRecord of(Instant at, String kind) {
    return new AuditRecord(at, kind, JsonNodeFactory.instance.objectNode());
  }

  /** The same with one more field, unless it is empty. */
  AuditRecord and(String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, cut(value));
    }
    return this;
  }

  AuditRecord and(String name, long value) {
    fields.put(name, value);
    return this;
  }

  AuditRecord and(String name, Collection<String> values) {
    if (!values.isEmpty()) {
      var list = fields.putArray(name);
      values.forEach(value -> list.add(cut(value)));
    }
    return this;
  }

  /** The record's text, which is what its hash is of. @param previous hash of the record before; empty for the first */
  String text(long number, String previous) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("n", number).put("prev", previous).put("at", at.toString()).put("kind", kind);
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      json.set(field.getKey(), field.getValue());
    }
    return json.toString();
  }

  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
