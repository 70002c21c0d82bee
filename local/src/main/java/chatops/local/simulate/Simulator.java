package chatops.local.simulate;

import chatops.engine.EngineException;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.catalog.TemplateFiles;
import chatops.engine.template.Task;
import chatops.execution.aliyun.ParameterEncoder;
import chatops.local.lint.TemplatePaths;
import chatops.local.lint.TemplateText;
import chatops.local.rehearsal.Director;
import chatops.local.rehearsal.Documents;
import chatops.local.rehearsal.Rehearsal;
import chatops.local.rehearsal.Take;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs templates of files to their ends, one after the other. In a directory, files that do not name a FormatVersion are
 * passed over; a file that is named itself is always run. Not thread-safe.
 */
public final class Simulator {
  private final TemplatePaths templates;
  private final Map<String, JsonNode> parameters;
  private final Optional<Scenario> scenario;
  private final Documents documents;
  private final ParameterEncoder encoder = new ParameterEncoder();

  /** Told of every file in order. */
  public interface Listener {
    void simulated(Simulated simulated);

    /** A file in a directory that is no template. */
    void passedOver(Path file);
  }

  /**
   * @param paths files and directories that exist
   * @param catalogs directories with product actions and templates that the simulated ones may call
   * @param parameters given by the user, for every template that declares them
   * @throws EngineException when a directory of {@code catalogs} cannot be read
   */
  public Simulator(
      List<Path> paths,
      List<Path> catalogs,
      Map<String, JsonNode> parameters,
      Optional<Scenario> scenario) {
    this.templates = new TemplatePaths(paths);
    this.parameters = parameters;
    this.scenario = scenario;
    TemplateCatalog catalog = new LayeredCatalog(List.of(
        new DirectoryCatalog(catalogs),
        new DirectoryCatalog(templates.folders()),
        new NeighbourCatalog(templates.named()),
        new BundledCatalog()));
    this.documents = new Documents(catalog);
  }

  /** How many files there are to look at. */
  public int size() {
    return templates.files().size();
  }

  public void run(Listener listener) {
    templates.files().forEach(file -> run(file, listener));
  }

  private void run(Path file, Listener listener) {
    try {
      TemplateText text = TemplateText.read(file);
      if (!templates.isTemplate(file, text)) {
        listener.passedOver(file);
      } else {
        listener.simulated(simulated(file, text));
      }
    } catch (IOException unreadable) {
      listener.simulated(Simulated.refused(
          file, "the file cannot be read (" + unreadable.getClass().getSimpleName() + ")"));
    }
  }

  private Simulated simulated(Path file, TemplateText text) throws IOException {
    String name =
        TemplateFiles.name(file.toAbsolutePath()).orElse(String.valueOf(file.getFileName()));
    try {
      TemplateCatalog.Source source = new TemplateCatalog.Source(name, "file", text.text());
      return simulated(file, source);
    } catch (CharacterCodingException other) {
      return Simulated.refused(file, "the file is no UTF-8 text; save it in UTF-8");
    } catch (EngineException wrong) {
      ObjectNode nothing = JsonNodeFactory.instance.objectNode();
      String reason = String.valueOf(wrong.getMessage());
      return compared(
          file,
          new Take(Simulated.REFUSED, reason, nothing, nothing, List.of(), List.of()),
          List.of());
    }
  }

  private Simulated simulated(Path file, TemplateCatalog.Source source) {
    boolean isOnly = size() == 1;
    Map<String, JsonNode> given = new GivenParameters(
            documents.template(source), parameters, isOnly)
        .with(scenario.map(Scenario::parameters).orElse(Map.of()));
    Rehearsal rehearsal = new Rehearsal(documents, source, given, encoder);
    Director.Found found = new Director(rehearsal).best();
    Take take =
        scenario.map(played -> rehearsal.run(found.plan(), played.script())).orElse(found.take());
    boolean isFinal = List.of("Success", "Failed", "Cancelled", "Refused").contains(take.status());
    Take ended = isFinal
        ? take
        : new Take(
            "Failed",
            "did not end: " + take.status() + " " + take.reason(),
            take.parameters(),
            take.outputs(),
            take.tasks(),
            take.calls());
    return compared(
        file, ended, documents.template(source).tasks().stream().map(Task::name).toList());
  }

  private Simulated compared(Path file, Take take, List<String> taskNames) {
    return new Simulated(
        file,
        take.status(),
        take.reason(),
        take.tasks(),
        take.calls(),
        take.outputs(),
        scenario.map(played -> played.expectation().isThere()).orElse(false),
        scenario.map(played -> played.expectation().unmet(take, taskNames)).orElse(List.of()));
  }
}
