package chatops.engine.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Case files: YAML lists, one row per case. */
public final class Cases {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Cases() {}

  public static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    tree(Files.readString(file)).forEach(rows::add);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no case");
    }
    return rows;
  }

  /** YAML as it is, without a template's rules. */
  public static JsonNode tree(String yaml) {
    LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(true).build();
    return JSON.valueToTree(new Load(settings).loadFromString(yaml));
  }
}
