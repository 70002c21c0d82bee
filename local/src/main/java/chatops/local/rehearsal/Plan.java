package chatops.local.rehearsal;

import chatops.local.rehearsal.synthesis.Choices;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is chosen for one run where a template leaves it open. Immutable.
 *
 * @param parameters index into the possible values of a parameter; the first when it is not there
 */
public record Plan(Choices choices, Map<String, Integer> parameters, Account.Like like) {
  public static final Plan USUAL = new Plan(Choices.first(), Map.of(), Account.Like.USUAL);

  Plan with(String parameter, int index) {
    Map<String, Integer> more = new TreeMap<>(parameters);
    more.put(parameter, index);
    return new Plan(choices, more, like);
  }

  Plan with(Choices others) {
    return new Plan(others, parameters, like);
  }

  Plan with(Account.Like other) {
    return new Plan(choices, parameters, other);
  }
}
