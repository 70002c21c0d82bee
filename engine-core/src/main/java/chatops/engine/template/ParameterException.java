package chatops.engine.template;

import chatops.engine.EngineException;
import java.util.List;

/** Parameters that a template cannot be started with; all that is wrong, each naming parameter, found and expected. */
public final class ParameterException extends EngineException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public ParameterException(String template, List<String> problems) {
    super("template " + template + ": " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
