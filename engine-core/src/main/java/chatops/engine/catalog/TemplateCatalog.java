package chatops.engine.catalog;

import java.util.List;
import java.util.Optional;

/** Template sources by name: templates that people start, and cloud product actions ({@code ACS::ECS::StartInstance}). */
public interface TemplateCatalog {
  /** A template's text as authored. {@code version} is {@code v1}, {@code v2}… or a content-derived name. */
  record Source(String name, String version, String text) {}

  /**
   * @param name matched exactly first, then in any letter case
   * @param version a version, or empty for the latest
   */
  Optional<Source> find(String name, String version);

  /** Every name, for "did you mean"; empty when they cannot be listed. */
  default List<String> names() {
    return List.of();
  }
}
