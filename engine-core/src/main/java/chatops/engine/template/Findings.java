package chatops.engine.template;

import chatops.engine.expression.Fault;
import chatops.engine.expression.Faults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is found while one template is parsed, and knows where things stand in its text. */
final class Findings implements Faults {
  private static final Position START = new Position(1, 1);

  private final Map<String, Position> places = new HashMap<>();
  // a condition or a Fn::Sub text is compiled in several places and would be reported as often
  private final Set<Finding> found = new LinkedHashSet<>();
  private final @Nullable Findings around;
  private final String prefix;

  Findings() {
    this(null, "");
  }

  private Findings(@Nullable Findings around, String prefix) {
    this.around = around;
    this.prefix = prefix;
  }

  /** For a template inside the template: places are below {@code pointer}, findings are the whole's. */
  Findings below(String pointer) {
    return new Findings(this, pointer);
  }

  boolean isInside() {
    return around != null;
  }

  void place(String pointer, Position position) {
    places.put(pointer, position);
  }

  /** The place of {@code pointer}, or of the nearest thing around it. */
  Position position(String pointer) {
    if (around != null) {
      return around.position(prefix + pointer);
    }
    String at = pointer;
    while (true) {
      Optional<Position> known = Optional.ofNullable(places.get(at));
      if (known.isPresent()) {
        return known.get();
      }
      int slash = at.lastIndexOf('/');
      if (slash < 0) {
        return START;
      }
      at = at.substring(0, slash);
    }
  }

  @Override
  public void add(Fault fault, String pointer, String message, String remedy) {
    add(fault, position(pointer), message, remedy);
  }

  void add(Fault fault, Position position, String message, String remedy) {
    if (around != null) {
      around.add(fault, position, message, remedy);
    }
    found.add(new Finding(fault, position, message, remedy));
  }

  boolean hasErrors() {
    return found.stream().anyMatch(finding -> finding.fault().isError());
  }

  List<Finding> inOrder() {
    List<Finding> ordered = new ArrayList<>(found);
    ordered.sort(Comparator.comparing(Finding::position));
    return ordered;
  }
}
