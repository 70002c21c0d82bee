package chatops.engine.testkit;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.Blob;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.TaskRow;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one execution as they lie in a store, as JSON: how rows of earlier formats are kept as files. A file is written
 * once, by {@link #json}, from the last program of its format, and never again.
 */
public record StoredRows(ExecutionRow execution, List<TaskRow> tasks, List<Blob> blobs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** @param hashes of the blobs that belong to it */
  public static StoredRows of(ExecutionStore store, ExecutionId id, List<String> hashes) {
    return new StoredRows(
        store.load(id).orElseThrow(),
        store.tasks(id, TaskPath.ROOT),
        hashes.stream().map(hash -> store.blob(id, hash).orElseThrow()).toList());
  }

  /** @param name file under {@code rows/}, such as {@code schema-1/approval.json} */
  public static StoredRows read(String name) {
    try (InputStream in = StoredRows.class.getResourceAsStream("/rows/" + name)) {
      JsonNode json = JSON.readTree(in);
      JsonNode e = json.path("execution");
      ExecutionId id = new ExecutionId(e.path("id").asText());
      ExecutionRow row = new ExecutionRow(
          id,
          e.path("version").asLong(),
          e.path("schema").asInt(),
          e.path("epoch").asLong(),
          e.path("status").asText(),
          e.hasNonNull("wakeAt") ? Instant.parse(e.path("wakeAt").asText()) : null,
          Instant.parse(e.path("createdAt").asText()),
          e.path("template").asText(),
          e.path("startedBy").asText(),
          e.path("document").toString());
      List<TaskRow> tasks = new ArrayList<>();
      json.path("tasks")
          .forEach(t -> tasks.add(new TaskRow(
              id,
              new TaskPath(t.path("path").asText()),
              t.path("epoch").asLong(),
              t.path("schema").asInt(),
              t.path("document").toString())));
      List<Blob> blobs = new ArrayList<>();
      json.path("blobs")
          .forEach(
              b -> blobs.add(new Blob(b.path("hash").asText(), b.path("text").asText())));
      return new StoredRows(row, tasks, blobs);
    } catch (IOException e) {
      throw new IllegalArgumentException("rows " + name, e);
    }
  }

  /** Puts them into a store as they are, at version 1. */
  public void into(ExecutionStore store) {
    ExecutionRow first = execution.as(1, execution.document());
    store.commit(new Commit(first, 0, tasks, blobs));
  }

  public String json() {
    ObjectNode json = JSON.createObjectNode();
    try {
      json.putObject("execution")
          .put("id", execution.id().value())
          .put("version", execution.version())
          .put("schema", execution.schema())
          .put("epoch", execution.epoch())
          .put("status", execution.status())
          .put("wakeAt", execution.wakeAt() == null ? null : execution.wakeAt().toString())
          .put("createdAt", execution.createdAt().toString())
          .put("template", execution.template())
          .put("startedBy", execution.startedBy())
          .set("document", JSON.readTree(execution.document()));
      var rows = json.putArray("tasks");
      for (TaskRow task : tasks) {
        rows.addObject()
            .put("path", task.path().value())
            .put("epoch", task.epoch())
            .put("schema", task.schema())
            .set("document", JSON.readTree(task.document()));
      }
      var texts = json.putArray("blobs");
      blobs.forEach(b -> texts.addObject().put("hash", b.hash()).put("text", b.text()));
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("rows of " + execution.id(), e);
    }
  }
}
