package chatops.local.lint;

import chatops.engine.expression.Fault;
import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.template.Checked;
import chatops.engine.template.Finding;
import chatops.engine.template.Position;
import chatops.engine.template.TemplateParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks files of templates. In a directory, files that do not name a FormatVersion are passed over; a file that is named
 * itself is always checked.
 */
public final class Linter {
  private static final Position START = new Position(1, 1);

  private final TemplatePaths templates;
  private final TemplateParser parser;
  private final PassedParameters passed;

  /** Told of every file in order: what was found in it. */
  public interface Listener {
    /** @param findings empty when the template is sound */
    void checked(Path file, List<Finding> findings);

    /** A file in a directory that is no template. */
    void passedOver(Path file);
  }

  /**
   * @param paths files and directories that exist
   * @param catalogs directories with product actions and templates that the checked ones may call
   * @throws chatops.engine.EngineException when a directory of {@code catalogs} cannot be read
   */
  public Linter(List<Path> paths, List<Path> catalogs) {
    this.templates = new TemplatePaths(paths);
    KnownTemplates known = new KnownTemplates(catalogs, templates.files());
    this.parser = new TemplateParser(Functions.all(), new Jq(), known::has);
    this.passed = new PassedParameters(known::template);
  }

  /** How many files there are to look at. */
  public int size() {
    return templates.files().size();
  }

  public void run(Listener listener) {
    templates.files().forEach(file -> look(file, listener));
  }

  private void look(Path file, Listener listener) {
    try {
      TemplateText template = TemplateText.read(file);
      if (!templates.isTemplate(file, template)) {
        listener.passedOver(file);
      } else {
        listener.checked(file, check(file, template));
      }
    } catch (IOException unreadable) {
      listener.checked(
          file, List.of(unreadable(reason(unreadable), "make it readable, or leave it out")));
    }
  }

  private List<Finding> check(Path file, TemplateText template) throws IOException {
    if (template.isTooLarge()) {
      return List.of(new Finding(
          Fault.TOO_LARGE,
          START,
          "the template has " + Files.size(file) + " bytes, at most " + TemplateText.LARGEST
              + " are allowed",
          "move parts into templates of their own and use ACS::Template"));
    }
    try {
      Checked checked = parser.check(template.text(), file.toString(), "");
      return Stream.concat(
              checked.findings().stream(), checked.template().stream().flatMap(passed::check))
          .sorted(Comparator.comparing(Finding::position))
          .toList();
    } catch (CharacterCodingException other) {
      return List.of(unreadable("the file is no UTF-8 text", "save it in UTF-8"));
    }
  }

  private static Finding unreadable(String message, String remedy) {
    return new Finding(Fault.UNREADABLE, START, message, remedy);
  }

  private static String reason(IOException unreadable) {
    return unreadable instanceof AccessDeniedException
        ? "the file must not be read by this user"
        : "the file cannot be read (" + unreadable.getClass().getSimpleName() + ")";
  }
}
