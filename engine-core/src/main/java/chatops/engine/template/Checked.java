package chatops.engine.template;

import java.util.List;
import java.util.Optional;

/**
 * What parsing a template led to.
 *
 * @param template empty when there are errors
 * @param findings errors and warnings in order of place
 */
public record Checked(Optional<Template> template, List<Finding> findings) {
  public Checked {
    findings = List.copyOf(findings);
  }

  public List<Finding> errors() {
    return findings.stream().filter(finding -> finding.fault().isError()).toList();
  }

  public List<Finding> warnings() {
    return findings.stream().filter(finding -> !finding.fault().isError()).toList();
  }
}
