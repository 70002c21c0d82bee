package chatops.local.extension;

import chatops.engine.extension.ExtensionPackage;
import chatops.engine.extension.ExtensionPackage.PackageFile;
import chatops.engine.extension.ExtensionPackage.Variant;
import chatops.engine.extension.PackageReader;
import chatops.engine.template.Finding;
import chatops.engine.template.PlainDocument;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * A package as it is published: every {@code Path} is read, its hash stands in its place. Aliases of the author's text are written out.
 *
 * @param uploads what must lie in OSS before anybody installs it, by object
 */
public record BuiltPackage(ExtensionPackage extension, String text, List<Upload> uploads) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public BuiltPackage {
    uploads = List.copyOf(uploads);
  }

  /** One file on its way to OSS. */
  public record Upload(PackageFile target, Path file, String sha256) {}

  /** A text that cannot be built; each line of the message names a place. */
  public static final class BuildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BuildException(String message) {
      super(message);
    }
  }

  /**
   * @param files where paths start; usually the folder of the package
   * @throws BuildException naming what is wrong, by line and column
   */
  public static BuiltPackage of(Path file, Path files) {
    String text = text(file);
    PackageReader.Read read = PackageReader.read(text);
    if (read.extension() == null) {
      throw new BuildException(lines(file, read.findings()));
    }
    JsonNode root = PlainDocument.read(text).root();
    List<Upload> uploads = new ArrayList<>();
    Map<String, String> known = new LinkedHashMap<>();
    List<Variant> variants = read.extension().variants();
    for (int i = 0; i < variants.size(); i++) {
      PackageFile target = variants.get(i).file();
      if (target == null || target.path().isEmpty()) {
        continue;
      }
      Path source = files.resolve(target.path());
      String hash = hash(source, file);
      if (!target.sha256().isEmpty() && !target.sha256().equals(hash)) {
        throw new BuildException(
            file + ": " + source + " has SHA-256 " + hash + ", and the package says "
                + target.sha256() + "; leave Sha256 out, or give the file that belongs to it");
      }
      String object = target.bucketName() + "/" + target.objectName();
      String other = known.putIfAbsent(object, hash);
      if (other != null && !other.equals(hash)) {
        throw new BuildException(file + ": two different files would be the object " + object
            + "; give each its own name");
      }
      if (other == null) {
        uploads.add(new Upload(target, source, hash));
      }
      ObjectNode written = (ObjectNode) root.path("Packages").path(i).path("File");
      written.remove("Path");
      written.put("Sha256", hash);
    }
    String built = uploads.isEmpty() ? text : dump(root);
    return new BuiltPackage(PackageReader.parse(file.toString(), built), built, uploads);
  }

  /** What is wrong with a package, one line each. */
  public static String lines(Path file, List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    findings.forEach(finding -> lines.add(file + ":" + finding));
    return String.join("\n", lines);
  }

  /** @throws BuildException when there is no such text */
  public static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException binary) {
      throw new BuildException(file + ": no UTF-8 text");
    } catch (IOException e) {
      throw new BuildException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private static String hash(Path source, Path file) {
    try (var in = Files.newInputStream(source)) {
      return DigestUtils.sha256Hex(in);
    } catch (IOException e) {
      throw new BuildException(file + ": the file " + source + " cannot be read: " + e.getMessage()
          + "; Path is relative to the package, or to --files");
    }
  }

  private static String dump(JsonNode root) {
    DumpSettings settings = DumpSettings.builder()
        .setDefaultFlowStyle(FlowStyle.BLOCK)
        .setDereferenceAliases(true)
        .setWidth(200)
        .build();
    return new Dump(settings).dumpToString(JSON.convertValue(root, Map.class));
  }
}
