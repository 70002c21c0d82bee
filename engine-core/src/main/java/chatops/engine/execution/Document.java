package chatops.engine.execution;

import chatops.engine.EngineException;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.Blob;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * JSON text of a row, with large values moved out: any value under a field whose text is over {@value #LARGE} bytes
 * becomes {@code {"$blob":"<hash>"}} and travels as a {@link Blob}. Thread-safe.
 */
final class Document {
  static final int LARGE = 8 * 1024;
  private static final String REFERENCE = "$blob";
  private static final String QUOTED_REFERENCE = '"' + REFERENCE + '"';
  // the two states of a task record
  private static final List<String> INNER = List.of("task", "before");

  // immutable once built, and too dear to build per engine
  private static final ObjectMapper JSON = JsonMapper.builder()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
      .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
      .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
      .serializationInclusion(JsonInclude.Include.NON_NULL)
      .addModule(scalars())
      .build();

  /** @param movable names of fields whose values may move out, whole or by member */
  String write(Object row, List<String> movable, List<Blob> blobs) {
    String whole = text(row);
    if (isSmall(whole)) {
      // then no value in it is large, and hardly any row is
      return whole;
    }
    ObjectNode tree = JSON.valueToTree(row);
    moveOut(tree, movable, blobs);
    for (String inner : INNER) {
      if (tree.get(inner) instanceof ObjectNode part) {
        moveOut(part, movable, blobs);
      }
    }
    return tree.toString();
  }

  /** Whether nothing of a document lies elsewhere. */
  static boolean isWhole(String text) {
    return !text.contains(QUOTED_REFERENCE);
  }

  <T> T read(String text, Class<T> type, List<String> movable, Function<String, String> blobs) {
    try {
      if (isWhole(text)) {
        return JSON.readValue(text, type);
      }
      ObjectNode tree = (ObjectNode) JSON.readTree(text);
      bringBack(tree, movable, blobs);
      for (String inner : INNER) {
        if (tree.get(inner) instanceof ObjectNode part) {
          bringBack(part, movable, blobs);
        }
      }
      return JSON.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new EngineException("row is not a " + type.getSimpleName() + " document", e);
    }
  }

  private static String text(Object row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new EngineException("a " + row.getClass().getSimpleName() + " is no document", e);
    }
  }

  private static boolean isSmall(String text) {
    return text.length() <= LARGE && text.getBytes(StandardCharsets.UTF_8).length <= LARGE;
  }

  private void moveOut(ObjectNode tree, List<String> movable, List<Blob> blobs) {
    for (String field : movable) {
      JsonNode value = tree.get(field);
      if (value instanceof ObjectNode members && !members.has(REFERENCE)) {
        for (String member : names(members)) {
          members.set(member, moved(members.get(member), blobs));
        }
      }
      if (value != null) {
        tree.set(field, moved(value, blobs));
      }
    }
  }

  private void bringBack(ObjectNode tree, List<String> movable, Function<String, String> blobs)
      throws JsonProcessingException {
    for (String field : movable) {
      JsonNode value = tree.get(field);
      if (value == null) {
        continue;
      }
      JsonNode whole = returned(value, blobs);
      if (whole instanceof ObjectNode members) {
        for (String member : names(members)) {
          members.set(member, returned(members.get(member), blobs));
        }
      }
      tree.set(field, whole);
    }
  }

  private JsonNode moved(JsonNode value, List<Blob> blobs) {
    if (value.isNumber() || value.isBoolean() || value.isNull()) {
      return value;
    }
    String text = value.toString();
    if (isSmall(text)) {
      return value;
    }
    Blob blob = new Blob(hash(text.getBytes(StandardCharsets.UTF_8)), text);
    blobs.add(blob);
    return JSON.createObjectNode().put(REFERENCE, blob.hash());
  }

  private JsonNode returned(JsonNode value, Function<String, String> blobs)
      throws JsonProcessingException {
    JsonNode hash = value.isObject() && value.size() == 1 ? value.get(REFERENCE) : null;
    return hash instanceof TextNode ? JSON.readTree(blobs.apply(hash.textValue())) : value;
  }

  private static List<String> names(ObjectNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static SimpleModule scalars() {
    SimpleModule module = new SimpleModule("scalars");
    add(module, Instant.class, Instant::parse);
    add(module, TaskPath.class, TaskPath::new);
    add(module, ExecutionId.class, ExecutionId::new);
    return module;
  }

  private static <T> void add(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(type, ToStringSerializer.instance);
    module.addDeserializer(type, new FromText<>(type, parse));
  }

  /** Reads a value from its text. */
  private static final class FromText<T> extends StdDeserializer<T> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    FromText(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return parse.apply(parser.getText());
    }
  }
}
