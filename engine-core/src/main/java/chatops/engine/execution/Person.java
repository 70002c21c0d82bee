package chatops.engine.execution;

import java.util.List;

/**
 * Somebody who starts, decides or cancels.
 *
 * @param id immutable principal id, e.g. {@code slack:T0001/U0001}
 * @param names other names the host vouches for, e.g. the RAM user name from the configuration
 */
public record Person(String id, List<String> names) {
  public Person {
    names = List.copyOf(names);
  }

  public static Person of(String id, String... names) {
    return new Person(id, List.of(names));
  }

  /** One human may be known by two platform ids; a shared name makes them the same. */
  public boolean isSameAs(Person other) {
    return id.equals(other.id)
        || names.contains(other.id)
        || other.names.contains(id)
        || names.stream().anyMatch(other.names::contains);
  }

  public boolean isNamed(String name) {
    return id.equals(name) || names.contains(name);
  }

  /** The bare name, for {@code ACS::ExecuteUser}: the first name, else the id. */
  public String name() {
    return names.isEmpty() ? id : names.get(0);
  }
}
