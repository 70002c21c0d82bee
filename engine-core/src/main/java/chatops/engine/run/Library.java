package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.execution.Frame;
import chatops.engine.execution.Pin;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.Blob;
import chatops.engine.store.ExecutionStore;
import chatops.engine.template.Template;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Templates as executions need them: the latest by name when something starts, and exactly the pinned text afterwards.
 * The text is kept with the execution, so that a changed catalogue never changes a run. Thread-safe.
 */
public final class Library {
  private static final int MOST_KEPT = 512;

  private final Templates templates;
  private final ExecutionStore store;
  private final Map<String, Template> parsed = new ConcurrentHashMap<>();

  /** A template with the text that pins it. */
  public record Entry(Template template, Blob text) {
    public Pin pin() {
      return new Pin(template.name(), template.version(), template.hash());
    }
  }

  public Library(Templates templates, ExecutionStore store) {
    this.templates = templates;
    this.store = store;
  }

  /** @param version empty for the latest */
  public Optional<Entry> find(String name, String version) {
    return templates.find(name, version).map(source -> {
      Template template = templates.parse(source);
      keep(template);
      return new Entry(template, new Blob(template.hash(), source.text()));
    });
  }

  /** A template given by its text, which nothing but its hash identifies. */
  public Entry inline(String name, String text) {
    Template template = templates.parse(new TemplateCatalog.Source(name, "", text));
    keep(template);
    return new Entry(template, new Blob(template.hash(), text));
  }

  /** The template that runs in a frame. */
  Template of(Ledger ledger, TaskPath frame) {
    Frame of = ledger.frame(frame);
    Template template = pinned(ledger.execution().id(), of.template());
    return of.isIteration() ? template.inside(of.loopTask()) : template;
  }

  /** The template an execution is pinned to. */
  public Template pinned(ExecutionId id, Pin pin) {
    Template known = parsed.get(key(pin));
    if (known != null) {
      return known;
    }
    Blob text = store
        .blob(id, pin.hash())
        .orElseThrow(() -> new EngineException(
            "execution " + id + ": the text of template " + pin.name() + " is lost"));
    Template template =
        templates.parse(new TemplateCatalog.Source(pin.name(), pin.version(), text.text()));
    keep(template);
    return template;
  }

  private void keep(Template template) {
    if (parsed.size() >= MOST_KEPT) {
      parsed.clear();
    }
    parsed.put(key(new Pin(template.name(), template.version(), template.hash())), template);
  }

  private static String key(Pin pin) {
    return pin.name() + '\n' + pin.hash();
  }
}
