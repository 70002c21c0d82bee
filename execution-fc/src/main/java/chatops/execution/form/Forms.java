package chatops.execution.form;

import chatops.chat.command.Nearest;
import chatops.chat.form.TemplateForm;
import chatops.engine.EngineException;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.run.Templates;
import chatops.engine.template.Parameter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of all templates there are now, also of those that Front was not compiled with. Thread-safe. */
public final class Forms {
  /** As the shipped and the public templates call them. */
  private static final Set<String> OPEN_NAMES =
      Set.of("commandcontent", "template", "templatename", "templatecontent", "step");

  private static final Set<String> OPEN_ASSOCIATIONS = Set.of(
      "ALIYUN::OOS::Command::CommandContent",
      "ALIYUN::ECS::Command::CommandContent",
      "ALIYUN::OOS::Template::TemplateName");

  private final TemplateCatalog catalog;
  private final Templates templates;

  public Forms(TemplateCatalog catalog, Templates templates) {
    this.catalog = catalog;
    this.templates = templates;
  }

  /** The form of the latest version; null when there is no such template, or it does not read, which its start explains. */
  public @Nullable TemplateForm of(String template) {
    try {
      return templates
          .find(template, "")
          .map(templates::parse)
          .map(FormCompiler::of)
          .orElse(null);
    } catch (EngineException e) {
      return null;
    }
  }

  public boolean isKnown(String template) {
    return templates.find(template, "").isPresent();
  }

  /**
   * Whether whoever starts a template decides what runs: it takes the text of a script, or the name of another
   * template, which may take one, by whatever name. A template that does not read takes
   * none; its start explains why.
   */
  public boolean runsAnything(String template) {
    try {
      return templates
          .find(template, "")
          .map(templates::parse)
          .map(read -> read.parameters().values().stream().anyMatch(Forms::isOpen)
              || OpenTasks.isAnyOf(read.tasks()))
          .orElse(false);
    } catch (EngineException e) {
      return false;
    }
  }

  private static boolean isOpen(Parameter parameter) {
    return isOpen(parameter.name())
        || OPEN_ASSOCIATIONS.contains(String.valueOf(parameter.associationProperty()));
  }

  /** Whether a parameter of this name says what runs, as far as a name tells. */
  public static boolean isOpen(String parameter) {
    return OPEN_NAMES.contains(parameter.toLowerCase(Locale.ROOT));
  }

  /** The template that was probably meant, empty when none is near. */
  public String nearest(String template) {
    return Nearest.to(
        template, catalog.names().stream().filter(name -> !name.contains("::")).toList());
  }
}
