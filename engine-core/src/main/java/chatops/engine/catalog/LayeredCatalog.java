package chatops.engine.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Several catalogues as one; a name in an earlier one hides the same name in a later one. */
public final class LayeredCatalog implements TemplateCatalog {
  private final List<TemplateCatalog> layers;

  public LayeredCatalog(List<TemplateCatalog> layers) {
    this.layers = List.copyOf(layers);
  }

  @Override
  public List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    layers.forEach(layer -> names.addAll(layer.names()));
    return List.copyOf(names);
  }

  @Override
  public Optional<Source> find(String name, String version) {
    return layers.stream().flatMap(layer -> layer.find(name, version).stream()).findFirst();
  }
}
