package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The jq command of the machine. Many programs run in one process, because starting one costs more than most programs do. */
public final class JqCommand {
  private static final Path COMMAND = Path.of("/usr/bin/jq");
  private static final int AT_ONCE = 25;
  private static final int PATIENCE_SECONDS = 10;

  /** A program and what it is run on. */
  public record Job(String program, List<JsonNode> documents) {}

  private final Path directory;
  private final JsonMapper mapper = new JsonMapper();

  /** @param directory for its files */
  public JqCommand(Path directory) {
    this.directory = directory;
  }

  /** Whether it is there, in the version whose language templates are written in. */
  public static boolean isInstalled() {
    if (!Files.isExecutable(COMMAND)) {
      return false;
    }
    try {
      Process version = new ProcessBuilder(COMMAND.toString(), "--version")
          .redirectErrorStream(true)
          .start();
      return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .startsWith("jq-1.6");
    } catch (IOException unusable) {
      return false;
    }
  }

  /**
   * For each job one outcome per document; all are {@link JqOutcome#REFUSED} when jq does not compile the program, crashes on
   * it or does not end.
   */
  public List<List<JqOutcome>> run(List<Job> jobs) {
    List<List<JqOutcome>> all = new ArrayList<>();
    for (int from = 0; from < jobs.size(); from += AT_ONCE) {
      all.addAll(batch(jobs.subList(from, Math.min(jobs.size(), from + AT_ONCE))));
    }
    return all;
  }

  private List<List<JqOutcome>> batch(List<Job> jobs) {
    Optional<JsonNode> answer = process(jobs);
    if (answer.isPresent()) {
      List<List<JqOutcome>> outcomes = new ArrayList<>();
      answer.get().forEach(job -> outcomes.add(outcomes(job)));
      return outcomes;
    }
    if (jobs.size() == 1) {
      return List.of(Collections.nCopies(jobs.get(0).documents().size(), JqOutcome.REFUSED));
    }
    List<List<JqOutcome>> halves = new ArrayList<>(batch(jobs.subList(0, jobs.size() / 2)));
    halves.addAll(batch(jobs.subList(jobs.size() / 2, jobs.size())));
    return halves;
  }

  private static List<JqOutcome> outcomes(JsonNode job) {
    List<JqOutcome> outcomes = new ArrayList<>();
    for (JsonNode document : job) {
      List<JsonNode> results = new ArrayList<>();
      document.path("results").forEach(results::add);
      outcomes.add(
          document.has("failed")
              ? JqOutcome.failed(document.path("failed").asText())
              : JqOutcome.of(results));
    }
    return outcomes;
  }

  /** Empty when not all of the programs compile and end. */
  private Optional<JsonNode> process(List<Job> jobs) {
    StringBuilder program = new StringBuilder();
    List<String> calls = new ArrayList<>();
    ArrayNode input = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < jobs.size(); i++) {
      program
          .append("def p")
          .append(i)
          .append(": (")
          .append(jobs.get(i).program())
          .append("\n);\n");
      calls.add("[$all[" + i + "][] | try {results: [p" + i + "]} catch {failed: tostring}]");
      ArrayNode documents = input.addArray();
      jobs.get(i).documents().forEach(documents::add);
    }
    program.append(". as $all | [").append(String.join(",\n", calls)).append("]\n");
    try {
      Path source = Files.writeString(directory.resolve("program.jq"), program);
      Path documents = Files.writeString(directory.resolve("input.json"), input.toString());
      Path results = directory.resolve("results.json");
      ProcessBuilder command = new ProcessBuilder(
              COMMAND.toString(), "-c", "-f", source.toString(), documents.toString())
          .redirectOutput(results.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD);
      command.environment().put("TZ", "UTC");
      Process process = command.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.out.println("jq: more than " + PATIENCE_SECONDS + " s for "
            + (jobs.size() == 1 ? jobs.get(0).program() : jobs.size() + " programs"));
        process.destroyForcibly().waitFor();
        return Optional.empty();
      }
      return process.exitValue() == 0
          ? Optional.of(mapper.readTree(results.toFile()))
          : Optional.empty();
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while jq runs", stopped);
    }
  }
}
