package chatops.local.lint;

import chatops.engine.template.Finding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found in each file. */
final class LintedFiles {
  private LintedFiles() {}

  static Map<Path, List<Finding>> findings(Linter linter) {
    Map<Path, List<Finding>> found = new LinkedHashMap<>();
    linter.run(new Linter.Listener() {
      @Override
      public void checked(Path file, List<Finding> findings) {
        found.put(file, findings);
      }

      @Override
      public void passedOver(Path file) {}
    });
    return found;
  }
}
