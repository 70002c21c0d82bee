package chatops.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One row of a case file; a field that is asked for must be there. */
record Case(Map<?, ?> fields) {
  static Stream<Case> of(String file) {
    try (InputStream in = Objects.requireNonNull(Case.class.getResourceAsStream(file), file)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ((List<?>) Objects.requireNonNull(JsonReader.read(json)))
          .stream().map(row -> new Case((Map<?, ?>) row));
    } catch (IOException unreadable) {
      throw new IllegalStateException(file, unreadable);
    }
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  Object value(String field) {
    return Objects.requireNonNull(fields.get(field), field);
  }

  String text(String field) {
    return (String) value(field);
  }

  int number(String field) {
    return ((Double) value(field)).intValue();
  }

  Case part(String field) {
    return new Case((Map<?, ?>) value(field));
  }

  @Override
  public String toString() {
    return has("name") ? text("name") : fields.toString();
  }
}
