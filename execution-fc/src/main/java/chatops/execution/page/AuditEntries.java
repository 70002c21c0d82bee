package chatops.execution.page;

import chatops.chat.view.TimelineView;
import chatops.engine.audit.Chain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Audit records as a page shows them: one line each. */
final class AuditEntries {
  /** Shown in columns of their own, or nothing that a person reads. */
  private static final Set<String> APART = Set.of("n", "prev", "at", "kind", "by", "names");

  private AuditEntries() {}

  static TimelineView.Entry of(Chain.Link link) {
    ObjectNode fields = link.fields();
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (!APART.contains(field.getKey())) {
        words.add(field.getKey() + "=" + value(field.getValue()));
      }
    }
    return new TimelineView.Entry(
        (int) link.number(),
        fields.path("at").asText(),
        fields.path("kind").asText(),
        fields.path("by").asText(),
        Values.cut(String.join("  ", words), 600),
        link.hash());
  }

  private static String value(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> elements = new ArrayList<>();
    value.forEach(element -> elements.add(element.asText()));
    return String.join(", ", elements);
  }
}
