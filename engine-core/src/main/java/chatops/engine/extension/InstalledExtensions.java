package chatops.engine.extension;

import chatops.engine.share.SharedJson;
import chatops.engine.store.SharedRows;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which extensions are on which instances: one row each, changed by comparing, so that it is also the lock that keeps two executions apart. Thread-safe. */
public final class InstalledExtensions {
  private static final String ROW = "extension-state:";
  private static final int MOST = 500;
  private static final int MOST_ANYWHERE = 20_000;

  private final SharedJson shared;

  public InstalledExtensions(SharedRows rows) {
    this.shared = new SharedJson(rows);
  }

  public Optional<InstalledExtension> find(String instanceId, String name) {
    return read(instanceId, name, shared.read(key(instanceId, name)));
  }

  /** Of one instance, in order of their names. */
  public List<InstalledExtension> on(String instanceId) {
    return under(ROW + instanceId + ":", MOST);
  }

  /** Instances that have something of an extension, for whoever wants to delete it. */
  public List<InstalledExtension> of(String name) {
    return under(ROW, MOST_ANYWHERE).stream()
        .filter(each -> each.name().equals(name))
        .toList();
  }

  private List<InstalledExtension> under(String prefix, int most) {
    List<InstalledExtension> found = new ArrayList<>();
    shared.under(prefix, most).forEach((key, row) -> {
      String rest = key.substring(ROW.length());
      int colon = rest.indexOf(':');
      read(rest.substring(0, colon), rest.substring(colon + 1), row).ifPresent(found::add);
    });
    return found;
  }

  /** @param change gets what is there and answers what shall be; empty = absent; may be asked several times */
  void change(
      String instanceId,
      String name,
      Function<Optional<InstalledExtension>, Optional<InstalledExtension>> change) {
    shared.change(key(instanceId, name), row -> {
      Optional<InstalledExtension> after = change.apply(read(instanceId, name, row));
      row.removeAll();
      after.ifPresent(each -> each.write(row));
      return row;
    });
  }

  private static Optional<InstalledExtension> read(String instanceId, String name, ObjectNode row) {
    return row.isEmpty()
        ? Optional.empty()
        : Optional.of(InstalledExtension.of(instanceId, name, row));
  }

  private static String key(String instanceId, String name) {
    if (!instanceId.matches("[A-Za-z0-9-]{1,100}") || !name.matches("[A-Za-z0-9_-]{1,200}")) {
      throw new ExtensionException(
          "ExtensionNotFound", "'" + name + "' on '" + instanceId + "' names nothing");
    }
    return ROW + instanceId + ":" + name;
  }
}
