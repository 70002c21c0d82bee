package chatops.local.lint;

import chatops.engine.template.Finding;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Locale;

/** How one finding is written. */
public enum Lines {
  /** {@code file:line:column: error CODE: message — what to do}. */
  TEXT {
    @Override
    public String of(Path file, Finding finding) {
      String line =
          file + ":" + finding.position().line() + ":" + finding.position().column() + ": "
              + severity(finding) + " " + finding.code() + ": " + finding.message() + " — "
              + finding.remedy();
      // a template's own text must neither break the line nor steer the terminal
      return line.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    }
  },

  /** An object with file, line, column, severity, code, message and remedy. */
  JSON {
    @Override
    public String of(Path file, Finding finding) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("file", file.toString())
          .put("line", finding.position().line())
          .put("column", finding.position().column())
          .put("severity", severity(finding))
          .put("code", finding.code())
          .put("message", finding.message())
          .put("remedy", finding.remedy())
          .toString();
    }
  };

  /** One line, without its end. */
  public abstract String of(Path file, Finding finding);

  private static String severity(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }
}
