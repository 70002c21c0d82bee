package chatops.engine.template;

import chatops.engine.EngineException;
import java.util.List;
import java.util.stream.Collectors;

/** A template that cannot be started; carries everything found wrong with it. */
public final class TemplateException extends EngineException {
  private static final long serialVersionUID = 1L;

  // findings are values of this program and never cross a process
  private final transient List<Finding> findings;

  public TemplateException(String template, List<Finding> findings) {
    super("template "
        + template
        + ": "
        + findings.stream().map(Finding::toString).collect(Collectors.joining("\n  ", "", "")));
    this.findings = List.copyOf(findings);
  }

  public List<Finding> findings() {
    return findings;
  }
}
