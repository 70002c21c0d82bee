package chatops.engine.extension;

import chatops.engine.share.SharedJson;
import chatops.engine.store.SharedRows;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All extensions with all their versions, in the store that executions are in. A version, {@code V1}, {@code V2} …, never changes: its text lies under its hash, and one row for
 * each extension says which hash a version has. Thread-safe.
 */
public final class Extensions {
  private static final String ROW = "extension:";
  private static final String TEXT = "extension-text:";
  private static final int MOST = 1000;
  private static final int MOST_VERSIONS = 200;

  private final SharedJson shared;

  public Extensions(SharedRows rows) {
    this.shared = new SharedJson(rows);
  }

  /**
   * @param name {@code V1}, {@code V2} …
   * @param hash SHA-256 of the text
   * @param by who made it, for people
   */
  public record Version(String name, String hash, Instant at, String by) {}

  /** An extension and its versions, oldest first. */
  public record Entry(String name, String type, String description, List<Version> versions) {
    public Entry {
      versions = List.copyOf(versions);
    }

    public Version latest() {
      return versions.get(versions.size() - 1);
    }
  }

  /** One version, read. */
  public record Found(Version version, ExtensionPackage extension, String text) {}

  /**
   * Makes an extension with {@code V1}.
   *
   * @throws ExtensionException ExtensionExists, PackageInvalid
   */
  public Version create(String text, String by, Instant at) {
    return add(text, by, at, false);
  }

  /**
   * Makes the next version. A text that is the latest version's already makes none.
   *
   * @throws ExtensionException ExtensionNotFound, PackageInvalid
   */
  public Version update(String text, String by, Instant at) {
    return add(text, by, at, true);
  }

  private Version add(String text, String by, Instant at, boolean isUpdate) {
    ExtensionPackage extension = PackageReader.parse("", text);
    for (ExtensionPackage.Variant variant : extension.variants()) {
      if (variant.file() != null && variant.file().sha256().isEmpty()) {
        throw new ExtensionException(
            "PackageInvalid",
            "package " + extension.name() + ": " + variant.file().objectName()
                + " has no Sha256; ./chatops extension build makes it from the file");
      }
    }
    String hash = hash(text);
    // the text first: a version never points at nothing
    shared.change(TEXT + extension.name() + ":" + hash, row -> row.put("text", text));
    ObjectNode row = shared.change(ROW + extension.name(), before -> {
      if (before.isEmpty() == isUpdate) {
        throw isUpdate
            ? notFound(extension.name())
            : new ExtensionException(
                "ExtensionExists",
                "extension " + extension.name()
                    + " is there already; update makes its next version");
      }
      List<Version> versions = versions(before);
      boolean isLatest =
          !versions.isEmpty() && versions.get(versions.size() - 1).hash().equals(hash);
      if (isLatest) {
        return before;
      }
      if (versions.size() >= MOST_VERSIONS) {
        throw new ExtensionException(
            "ExtensionFull",
            "extension " + extension.name() + " has " + MOST_VERSIONS
                + " versions; delete it, or go on under another name");
      }
      before.put("type", extension.type().text());
      before.put("description", extension.description());
      before
          .withArrayProperty("versions")
          .addObject()
          .put("name", "V" + (versions.size() + 1))
          .put("hash", hash)
          .put("at", at.toString())
          .put("by", by);
      return before;
    });
    List<Version> versions = versions(row);
    return versions.get(versions.size() - 1);
  }

  /** In order of their names. */
  public List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    shared.under(ROW, MOST).forEach((key, row) -> {
      String name = key.substring(ROW.length());
      if (PackageReader.isName(name)) {
        entry(name, row).ifPresent(all::add);
      }
    });
    return all;
  }

  /** Empty also for a name that no extension can have. */
  public Optional<Entry> find(String name) {
    if (!PackageReader.isName(name)) {
      return Optional.empty();
    }
    return entry(name, shared.read(ROW + name));
  }

  private static Optional<Entry> entry(String name, ObjectNode row) {
    return row.isEmpty()
        ? Optional.empty()
        : Optional.of(new Entry(
            name, row.path("type").asText(), row.path("description").asText(), versions(row)));
  }

  /** @throws ExtensionException ExtensionNotFound, which says what there is */
  public Entry entry(String name) {
    return find(name).orElseThrow(() -> notFound(name));
  }

  /**
   * One version.
   *
   * @param version {@code V2}, in any letter case, with or without the V; empty for the latest
   * @throws ExtensionException ExtensionNotFound, ExtensionVersionNotFound, which say what there is
   */
  public Found version(String name, String version) {
    Entry entry = entry(name);
    String wanted = named(version);
    Version found = wanted.isEmpty()
        ? entry.latest()
        : entry.versions().stream()
            .filter(each -> each.name().equals(wanted))
            .findFirst()
            .orElseThrow(() -> new ExtensionException(
                "ExtensionVersionNotFound",
                "extension " + name + " has no version " + version + "; its latest is "
                    + entry.latest().name()));
    String text = shared.read(TEXT + name + ":" + found.hash()).path("text").asText("");
    if (!hash(text).equals(found.hash())) {
      throw new ExtensionException(
          "PackageInvalid",
          "extension " + name + " " + found.name()
              + " is not what was published: its text has another hash; publish the next version");
    }
    return new Found(found, PackageReader.parse(name, text), text);
  }

  /**
   * Removes an extension with all its versions.
   *
   * @throws ExtensionException ExtensionNotFound
   */
  public void delete(String name) {
    Entry entry = entry(name);
    shared.change(ROW + name, row -> row.removeAll());
    entry
        .versions()
        .forEach(
            version -> shared.change(TEXT + name + ":" + version.hash(), row -> row.removeAll()));
  }

  private ExtensionException notFound(String name) {
    List<String> names = shared.under(ROW, 20).keySet().stream()
        .map(key -> key.substring(ROW.length()))
        .toList();
    return new ExtensionException(
        "ExtensionNotFound",
        "no extension is called '" + name + "'; there "
            + (names.isEmpty()
                ? "is none: ./chatops extension create makes one"
                : "are " + String.join(", ", names)));
  }

  /** {@code v2} and {@code 2} are {@code V2}. */
  static String named(String version) {
    String upper = version.strip().toUpperCase(Locale.ROOT);
    return upper.matches("[0-9]{1,6}") ? "V" + upper : upper;
  }

  private static List<Version> versions(ObjectNode row) {
    List<Version> versions = new ArrayList<>();
    for (JsonNode each : row.path("versions")) {
      versions.add(new Version(
          each.path("name").asText(),
          each.path("hash").asText(),
          Instant.parse(each.path("at").asText()),
          each.path("by").asText()));
    }
    return versions;
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
