package chatops.local.rehearsal.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value from how it is read: its kind, its parts, the values it is compared with. Grows while templates
 * are read. A form with a {@link #known} value is that value; a computed form passes wishes on to what it was computed
 * from. Not thread-safe.
 */
public final class Form {
  /** What kind of JSON value it has to be. */
  public enum Kind {
    ANY,
    MAP,
    LIST,
    TEXT,
    NUMBER,
    BOOLEAN
  }

  /** How a text holds another value. */
  public enum Encoding {
    NONE,
    JSON,
    BASE64
  }

  /** One field of a map whose name is a value itself. */
  public record Entry(Form key, Form value) {}

  /** What a computed value does with a wish. */
  interface Wish {
    void make(JsonNode value, boolean equal, Force force);
  }

  private final String name;
  private Kind kind = Kind.ANY;
  private final Map<String, Form> fields = new LinkedHashMap<>();
  private final Map<Force, List<JsonNode>> wished = new EnumMap<>(Force.class);
  private final List<JsonNode> refused = new ArrayList<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private Encoding encoding = Encoding.NONE;
  private @Nullable Form element;
  private @Nullable Form owner;
  private @Nullable Form parent;
  private @Nullable Form inside;
  private @Nullable Form same;
  private @Nullable Form keys;
  private int side;
  private int least = 1;
  private @Nullable JsonNode known;
  private @Nullable Wish computed;
  private @Nullable Form standsFor;
  private @Nullable Pattern pattern;
  private @Nullable String reference;
  private boolean isNumericText;

  public Form(String name) {
    this.name = name;
  }

  static Form known(JsonNode value) {
    Form form = new Form("");
    form.known = value;
    return form;
  }

  static Form of(Kind kind) {
    Form form = new Form("");
    form.kind = kind;
    return form;
  }

  static Form computed(Kind kind, Wish wish) {
    Form form = of(kind);
    form.computed = wish;
    return form;
  }

  /** A computed value whose parts are those of another. */
  static Form computed(Form like, Wish wish) {
    Form form = computed(like.kind, wish);
    form.standsFor = like;
    return form;
  }

  /** A list made of elements of this form. */
  static Form listOf(@Nullable Form element) {
    Form list = of(Kind.LIST);
    list.element = element;
    Form behind = element == null ? null : element.listAround();
    if (behind != null) {
      list.computed = behind::wishAs;
    }
    return list;
  }

  /** The nearest list this is, or is part of, an element of. */
  private @Nullable Form listAround() {
    Form at = standsFor == null ? this : standsFor;
    for (int level = 0; level < 8; level++) {
      if (at.owner != null) {
        return at.owner;
      }
      if (at.parent == null) {
        return null;
      }
      at = at.parent;
    }
    return null;
  }

  private void wishAs(JsonNode value, boolean equal, Force force) {
    if (value.isArray() && value.isEmpty()) {
      if (equal) {
        wish(value, force);
      } else {
        refuse(value, force);
      }
    }
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  Form as(Kind wanted) {
    if (standsFor != null) {
      standsFor.as(wanted);
    }
    if (kind == Kind.ANY && known == null) {
      kind = wanted;
    }
    return this;
  }

  /** Text that must read as a number. */
  Form numeric() {
    isNumericText = true;
    if (standsFor != null) {
      standsFor.numeric();
    }
    return this;
  }

  public boolean isNumeric() {
    return isNumericText;
  }

  Form field(String key) {
    if (standsFor != null) {
      return standsFor.field(key);
    }
    if (known != null) {
      return known(known.path(key));
    }
    if (kind == Kind.LIST) {
      return new Form(key);
    }
    as(Kind.MAP);
    return fields.computeIfAbsent(key, name -> {
      Form part = new Form(name);
      part.parent = this;
      return part;
    });
  }

  void put(String key, Form value) {
    as(Kind.MAP);
    fields.put(key, value);
  }

  /** The element at an index; a list is read as far as the largest one. */
  Form at(int index) {
    Form any = each();
    Form list = any.owner == null ? this : any.owner;
    list.least = Math.max(list.least, index >= 0 ? index + 1 : -index);
    return known == null ? any : known(known.path(index));
  }

  /** Any element of a list, or any value of a map. */
  Form each() {
    if (standsFor != null) {
      return standsFor.each();
    }
    if (known != null) {
      return known(
          known.path(0).isMissingNode() && known.isObject() ? first(known) : known.path(0));
    }
    if (kind == Kind.MAP && !fields.isEmpty()) {
      return fields.values().iterator().next();
    }
    kind = Kind.LIST;
    if (element == null) {
      element = new Form(name.endsWith("s") ? name.substring(0, name.length() - 1) : name);
      element.owner = this;
    }
    return element;
  }

  private static JsonNode first(JsonNode map) {
    return map.isEmpty() ? map.path("") : map.iterator().next();
  }

  /** The value a text holds. */
  Form held(Encoding how) {
    if (standsFor != null) {
      return standsFor.held(how);
    }
    if (known != null) {
      return new Form(name);
    }
    as(Kind.TEXT);
    if (inside == null) {
      inside = new Form(name);
      encoding = how;
    }
    return inside;
  }

  /** A text that holds {@code value}. */
  static Form holding(Encoding how, Form value) {
    Form text = of(Kind.TEXT);
    text.inside = value;
    text.encoding = how;
    return text;
  }

  void wish(JsonNode value, Force force) {
    if (value.isMissingNode()) {
      return;
    }
    if (computed != null) {
      computed.make(value, true, force);
      return;
    }
    if (known == null) {
      List<JsonNode> wishes = wished.computeIfAbsent(force, f -> new ArrayList<>());
      if (!wishes.contains(value)) {
        wishes.add(value);
      }
    }
  }

  void refuse(JsonNode value, Force force) {
    if (computed != null) {
      computed.make(value, false, force);
    } else if (known == null && !refused.contains(value)) {
      refused.add(value);
    }
  }

  /** Has to equal another value. */
  void sameAs(Form other) {
    beside(other, 0);
  }

  /** Has to lie above another value (1), below it (-1), or be equal (0). */
  void beside(Form other, int where) {
    if (standsFor != null) {
      standsFor.beside(other, where);
    } else if (known == null && same == null && other.meant() != this) {
      same = other;
      side = where;
    }
  }

  /** What the keys of a map are, when they are not fixed. */
  Form keys() {
    if (standsFor != null) {
      return standsFor.keys();
    }
    if (keys == null) {
      keys = new Form(name);
    }
    return keys;
  }

  /** The entry of a map whose key is the value of another form. */
  Form entry(Form key) {
    if (standsFor != null) {
      return standsFor.entry(key);
    }
    if (known != null) {
      return new Form("");
    }
    as(Kind.MAP);
    return entries
        .computeIfAbsent(key.reference().orElse(""), text -> new Entry(key, new Form(text)))
        .value();
  }

  void keyedBy(Form form) {
    keys = form;
  }

  void matching(Pattern wanted) {
    if (standsFor != null) {
      standsFor.matching(wanted);
    } else if (known == null && pattern == null) {
      as(Kind.TEXT);
      pattern = wanted;
    }
  }

  /** Read by {@code {{ text }}} at the place that asks. */
  Form referredToBy(String text) {
    Form form = computed(this, (value, equal, force) -> {
      if (equal) {
        wish(value, force);
      } else {
        refuse(value, force);
      }
    });
    form.known = known;
    form.reference = text;
    return form;
  }

  /** What this form only passes on; itself when it is no reference. */
  public Form meant() {
    return standsFor == null ? this : standsFor.meant();
  }

  public Map<String, Form> fields() {
    return fields;
  }

  public Optional<Form> element() {
    return Optional.ofNullable(element);
  }

  /** Fields whose names are values. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  public List<JsonNode> wishes(Force force) {
    return wished.getOrDefault(force, List.of());
  }

  public List<JsonNode> refused() {
    return refused;
  }

  public Encoding encoding() {
    return encoding;
  }

  public Optional<Form> inside() {
    return Optional.ofNullable(inside);
  }

  public Optional<Form> same() {
    return Optional.ofNullable(same);
  }

  /** How many elements a list needs to have. */
  public int least() {
    return least;
  }

  /** How the value lies to {@link #same}. */
  public int side() {
    return side;
  }

  /** The list this is an element of. */
  public Optional<Form> owner() {
    return Optional.ofNullable(owner);
  }

  public Optional<JsonNode> known() {
    return Optional.ofNullable(known);
  }

  public Optional<Pattern> pattern() {
    return Optional.ofNullable(pattern);
  }

  public Optional<String> reference() {
    return Optional.ofNullable(reference);
  }
}
