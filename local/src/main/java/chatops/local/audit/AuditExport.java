package chatops.local.audit;

import chatops.engine.audit.Chain;
import chatops.engine.audit.Chains;
import chatops.engine.audit.Verification;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionStore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes records as lines, with their hashes, so that a reader can check them without this program. */
public final class AuditExport {
  /** How a record is written. */
  public enum Format {
    /** {@code {"execution":…,"hash":…,"record":…}}; the record's text is verbatim what the hash is of. */
    JSON,
    /** RFC 4180 with a head line. */
    CSV
  }

  private static final List<String> COLUMNS =
      List.of("execution", "n", "at", "kind", "by", "details", "hash", "prev");

  private final PrintStream out;
  private final Format format;
  private final @Nullable Instant from;
  private final @Nullable Instant to;
  private int count;
  private int executions;

  /** @param from first instant, null = from the beginning; {@code to} is exclusive, null = to the end */
  public AuditExport(PrintStream out, Format format, @Nullable Instant from, @Nullable Instant to) {
    this.out = out;
    this.format = format;
    this.from = from;
    this.to = to;
  }

  /** @return how many trails are broken; what can be read of them is written all the same */
  public int write(ExecutionStore store, @Nullable ExecutionId only) {
    int[] broken = new int[1];
    if (format == Format.CSV) {
      out.print(String.join(",", COLUMNS) + "\r\n");
    }
    if (only != null) {
      broken[0] = write(new Chains(store).read(only));
    } else {
      new Verification(store).each(chain -> broken[0] += write(chain));
    }
    return broken[0];
  }

  private int write(Chain chain) {
    int before = count;
    for (Chain.Link link : chain.links()) {
      ObjectNode fields = link.fields();
      if (isWanted(fields.path("at").asText())) {
        line(chain.execution(), link, fields);
        count++;
      }
    }
    executions += count > before ? 1 : 0;
    return chain.broken() == null ? 0 : 1;
  }

  private boolean isWanted(String at) {
    if (from == null && to == null) {
      return true;
    }
    try {
      Instant instant = Instant.parse(at);
      return (from == null || !instant.isBefore(from)) && (to == null || instant.isBefore(to));
    } catch (java.time.DateTimeException damaged) {
      return true;
    }
  }

  private void line(ExecutionId id, Chain.Link link, ObjectNode fields) {
    if (format == Format.JSON) {
      String record =
          fields.has("kind") ? link.text() : TextNode.valueOf(link.text()).toString();
      out.print("{\"execution\":\"" + id + "\",\"hash\":\"" + link.hash() + "\",\"record\":"
          + record + "}\n");
      return;
    }
    ObjectNode rest = fields.deepCopy();
    rest.remove(List.of("n", "prev", "at", "kind", "by"));
    out.print(String.join(
            ",",
            id.value(),
            String.valueOf(link.number()),
            cell(fields.path("at").asText()),
            cell(fields.path("kind").asText()),
            cell(fields.path("by").asText()),
            cell(rest.isEmpty() ? "" : rest.toString()),
            link.hash(),
            cell(fields.path("prev").asText()))
        + "\r\n");
  }

  /** Quoted; what a spreadsheet would take for a formula is made text. */
  private static String cell(String value) {
    boolean isFormula = !value.isEmpty() && "=+-@＝＋－＠\t\r\n".indexOf(value.charAt(0)) >= 0;
    return "\"" + (isFormula ? "'" : "") + value.replace("\"", "\"\"") + "\"";
  }

  public int count() {
    return count;
  }

  public int executions() {
    return executions;
  }
}
