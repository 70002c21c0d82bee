package chatops.local.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads scenario files and holds them to {@code scenario.schema.json}. */
public final class ScenarioFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonSchema schema;

  public ScenarioFile() {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    try (InputStream text = ScenarioFile.class.getResourceAsStream("scenario.schema.json")) {
      schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(JSON.readTree(text), config);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** @throws ScenarioException with everything that is wrong */
  public Scenario read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unreadable) {
      throw new ScenarioException(List.of(file + ":1:1: the file cannot be read as UTF-8 text ("
          + unreadable.getClass().getSimpleName() + ")"));
    }
    LoadSettings settings = LoadSettings.builder()
        .setLabel(file.toString())
        // read in one piece: the reader fails where a piece ends between the halves of a character
        .setBufferSize(text.length() + 2)
        .build();
    try {
      Node root = new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> new ScenarioException(
              List.of(file + ":1:1: the file is empty; begin with 'scenario: what it shows'")));
      JsonNode document = JSON.valueToTree(new Load(settings).loadFromString(text));
      check(file, document, new Places(root));
      return new Scenario(document);
    } catch (MarkedYamlEngineException wrong) {
      String place = wrong.getProblemMark().map(Places::text).orElse("1:1");
      throw new ScenarioException(
          List.of(file + ":" + place + ": this is no YAML: " + wrong.getProblem()));
    } catch (YamlEngineException wrong) {
      throw new ScenarioException(List.of(file + ":1:1: this is no YAML: " + wrong.getMessage()));
    }
  }

  private void check(Path file, JsonNode document, Places places) {
    Set<ValidationMessage> wrong = schema.validate(document);
    if (!wrong.isEmpty()) {
      throw new ScenarioException(wrong.stream()
          .map(message -> file + ":" + place(places, message) + ": " + message.getError()
              + "; docs/simulate.md explains scenario files")
          .sorted()
          .distinct()
          .toList());
    }
    String start = document.path("start").asText("2026-01-01T08:00:00Z");
    try {
      Instant.parse(start);
    } catch (DateTimeParseException none) {
      throw new ScenarioException(
          List.of(file + ":" + places.of("/start") + ": there is no such time: " + start));
    }
    Set<String> ids = new HashSet<>();
    JsonNode instances = document.path("instances");
    for (int i = 0; i < instances.size(); i++) {
      String id = instances.path(i).path("id").asText();
      if (!ids.add(id)) {
        throw new ScenarioException(
            List.of(file + ":" + places.of("/instances/" + i) + ": there are two instances " + id));
      }
    }
  }

  private static String place(Places places, ValidationMessage message) {
    String pointer = message.getInstanceLocation().toString();
    String property = message.getProperty();
    return places.of(property == null ? pointer : pointer + "/" + property);
  }
}
