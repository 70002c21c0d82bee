package chatops.chat.command;

import java.util.List;
import java.util.Map;

/**
 * What a person asked for, after parsing: {@code /ecs start i-1 --region cn-hangzhou} is family {@code ecs}, verb
 * {@code start}, arguments {@code [i-1]}, options {@code {region=cn-hangzhou}}.
 *
 * @param family {@code ecs} or {@code oos}
 * @param verb one of the verbs of the family
 * @param arguments words after the verb that are no options, in order: targets, a template name, {@code key=value} pairs
 * @param options {@code --name value} or {@code --name=value}; a flag without value is {@code true}
 */
public record Command(
    String family, String verb, List<String> arguments, Map<String, String> options) {
  public Command {
    arguments = List.copyOf(arguments);
    options = Map.copyOf(options);
  }

  /** {@code ecs start}, as rights and messages name a command. */
  public String name() {
    return family + " " + verb;
  }
}
