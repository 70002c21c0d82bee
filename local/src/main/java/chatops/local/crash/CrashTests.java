package chatops.local.crash;

import chatops.engine.EngineException;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.catalog.TemplateFiles;
import chatops.execution.aliyun.ParameterEncoder;
import chatops.local.lint.TemplatePaths;
import chatops.local.lint.TemplateText;
import chatops.local.rehearsal.Documents;
import chatops.local.rehearsal.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Crash tests of the templates in files, one after the other. In a directory, files that name no FormatVersion are
 * passed over. Deterministic: the same files, pairs and seed give the same outcomes. Not thread-safe.
 */
public final class CrashTests {
  private final Set<Path> files;
  private final Documents documents;
  private final int doubles;
  private final long seed;

  /**
   * @param paths files and directories that exist
   * @param catalogs directories with product actions and templates that the tested ones may call
   * @param doubles pairs of cuts per template
   * @param seed chooses the pairs
   * @throws EngineException when a directory of {@code catalogs} cannot be read
   */
  public CrashTests(List<Path> paths, List<Path> catalogs, int doubles, long seed) {
    TemplatePaths templates = new TemplatePaths(paths);
    this.files = templates.files();
    List<Path> folders = new ArrayList<>(catalogs);
    folders.addAll(templates.folders());
    TemplateCatalog catalog =
        new LayeredCatalog(List.of(new DirectoryCatalog(folders), new BundledCatalog()));
    this.documents = new Documents(catalog);
    this.doubles = doubles;
    this.seed = seed;
  }

  /** How many files there are to look at. */
  public int size() {
    return files.size();
  }

  /** @param listener told of every template when it is through */
  public void run(Consumer<Outcome> listener) {
    try (CrashTest test = new CrashTest(doubles, seed)) {
      for (Path file : files) {
        run(file, test, listener);
      }
    }
  }

  private void run(Path file, CrashTest test, Consumer<Outcome> listener) {
    try {
      TemplateText text = TemplateText.read(file);
      if (text.namesFormatVersion()) {
        String name =
            TemplateFiles.name(file.toAbsolutePath()).orElse(String.valueOf(file.getFileName()));
        TemplateCatalog.Source source = new TemplateCatalog.Source(name, "file", text.text());
        Rehearsal rehearsal = new Rehearsal(documents, source, Map.of(), new ParameterEncoder());
        listener.accept(test.run(new RehearsedPlay(file.toString(), rehearsal)));
      }
    } catch (EngineException wrong) {
      listener.accept(Outcome.refused(file.toString(), String.valueOf(wrong.getMessage())));
    } catch (IOException unreadable) {
      listener.accept(Outcome.refused(
          file.toString(),
          "the file cannot be read as UTF-8 text (" + unreadable.getClass().getSimpleName() + ")"));
    }
  }
}
