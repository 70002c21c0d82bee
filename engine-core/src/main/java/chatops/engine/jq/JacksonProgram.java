package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A program run by jackson-jq. */
final class JacksonProgram implements Program {
  private static final int LARGEST_OUTPUT = 1 << 20;

  private final String text;
  private final Expression program;
  private final Scope builtins;
  private final Budgets budgets;

  JacksonProgram(String text, Expression program, Scope builtins, Budgets budgets) {
    this.text = text;
    this.program = program;
    this.builtins = builtins;
    this.budgets = budgets;
  }

  @Override
  public List<JsonNode> run(JsonNode input, Map<String, JsonNode> variables) {
    Scope scope = Scope.newChildScope(builtins);
    variables.forEach(scope::setValue);
    List<JsonNode> results = new ArrayList<>();
    int[] weight = {0};
    budgets.open();
    try {
      program.apply(scope, input, result -> {
        weight[0] += Budget.weight(result, LARGEST_OUTPUT);
        if (weight[0] > LARGEST_OUTPUT) {
          throw new Budget.Exceeded("gives more than 1 MB");
        }
        results.add(Numbers.finite(result));
      });
    } catch (JsonQueryException | RuntimeException failed) {
      throw new JqException("jq '" + text + "': " + failed.getMessage(), failed);
    } catch (StackOverflowError tooDeep) {
      throw new JqException("jq '" + text + "': recurses too deep", tooDeep);
    } finally {
      budgets.close();
    }
    return results;
  }
}
