package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import net.thisptr.jackson.jq.path.Path;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Region;
import org.jspecify.annotations.Nullable;

/**
 * {@code _sub_impl(pattern; replacement; flags)}, behind sub and gsub, under the run's budget: jackson-jq's own fills the
 * memory when a pattern matches empty text.
 */
final class Substitution implements Function {
  private final Supplier<Budget> budgets;

  Substitution(Supplier<Budget> budgets) {
    this.budgets = budgets;
  }

  @Override
  public void apply(
      Scope scope,
      List<Expression> args,
      JsonNode input,
      @Nullable Path path,
      PathOutput output,
      Version version)
      throws JsonQueryException {
    args.get(2)
        .apply(
            scope,
            input,
            flags -> args.get(0).apply(scope, input, pattern -> {
              if (!input.isTextual()
                  || !pattern.isTextual()
                  || !(flags.isTextual() || flags.isNull())) {
                throw new JsonQueryException(Jq.typeOf(input) + " (" + JqText.json(input)
                    + ") cannot be matched by " + JqText.json(pattern) + ": all must be text");
              }
              for (String text : replaced(
                  input.textValue(),
                  new OnigUtils.Pattern(
                      pattern.textValue(), flags.isNull() ? null : flags.textValue()),
                  captures -> Results.of(args.get(1), scope, captures))) {
                output.emit(JsonNodeFactory.instance.textNode(text), null);
              }
            }));
  }

  private interface Replacement {
    List<JsonNode> of(ObjectNode captures) throws JsonQueryException;
  }

  /** One text for each combination of what the replacement gives for each match. */
  private List<String> replaced(String text, OnigUtils.Pattern pattern, Replacement replacement)
      throws JsonQueryException {
    Budget budget = budgets.get();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<StringBuilder> made = List.of(new StringBuilder());
    int kept = 0;
    int start = 0;
    while (start <= bytes.length) {
      @Nullable Region found = search(pattern, bytes, start, budget);
      if (found == null) {
        break;
      }
      String before = string(bytes, kept, found.getBeg(0));
      made = combined(made, before, replacement.of(captures(pattern, found, bytes)), budget);
      kept = found.getEnd(0);
      start = kept > found.getBeg(0) ? kept : next(bytes, kept);
      if (!pattern.global) {
        break;
      }
    }
    String rest = string(bytes, kept, bytes.length);
    return made.stream().map(each -> each + rest).toList();
  }

  private static List<StringBuilder> combined(
      List<StringBuilder> made, String before, List<JsonNode> news, Budget budget)
      throws JsonQueryException {
    if (made.size() == 1 && news.size() == 1) {
      made.get(0).append(before).append(text(news.get(0)));
      budget.builds(news.get(0));
      return made;
    }
    List<StringBuilder> all = new ArrayList<>();
    for (JsonNode each : news) {
      for (StringBuilder text : made) {
        StringBuilder longer = new StringBuilder(text).append(before).append(text(each));
        budget.builds(JsonNodeFactory.instance.textNode(longer.toString()));
        all.add(longer);
      }
    }
    return all;
  }

  private static String text(JsonNode replacement) throws JsonQueryException {
    if (!replacement.isTextual()) {
      throw new JsonQueryException("a replacement must be a string, found " + Jq.typeOf(replacement)
          + " (" + JqText.json(replacement) + ")");
    }
    return replacement.textValue();
  }

  private static @Nullable Region search(
      OnigUtils.Pattern pattern, byte[] bytes, int start, Budget budget) {
    budget.step();
    Matcher matcher = pattern.regex.matcher(bytes);
    matcher.setTimeout(budget.remaining());
    try {
      return matcher.searchInterruptible(start, bytes.length, Option.CAPTURE_GROUP) < 0
          ? null
          : matcher.getEagerRegion();
    } catch (InterruptedException tooLong) {
      budget.remaining();
      throw new Budget.Exceeded("was interrupted in a regular expression");
    }
  }

  private static ObjectNode captures(OnigUtils.Pattern pattern, Region found, byte[] bytes) {
    ObjectNode captures = JsonNodeFactory.instance.objectNode();
    for (int i = 1; i < found.getNumRegs(); i++) {
      @Nullable String name = pattern.names[i];
      if (name != null) {
        captures.set(
            name,
            found.getBeg(i) < 0
                ? NullNode.getInstance()
                : JsonNodeFactory.instance.textNode(
                    string(bytes, found.getBeg(i), found.getEnd(i))));
      }
    }
    return captures;
  }

  private static String string(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** The start of the character after the one at {@code at}. */
  private static int next(byte[] bytes, int at) {
    int next = at + 1;
    while (next < bytes.length && (bytes[next] & 0xc0) == 0x80) {
      next++;
    }
    return next;
  }
}
