package chatops.engine.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated programs on generated documents, here and by the jq command where it is installed. */
class JqDifferentialTest {
  private static final long SEED = Long.getLong("chatops.jq.seed", 20_261_121L);
  private static final int DOCUMENTS = 4;

  @TempDir
  Path directory;

  private final Jq jq = new Jq();

  @BeforeEach
  void skip_without_jq() {
    if (!JqCommand.isInstalled()) {
      System.out.println("jq differential test: skipped, jq 1.6 is not installed");
    }
    assumeTrue(JqCommand.isInstalled(), "jq 1.6 is not installed");
  }

  @Test
  void a_thousand_generated_programs_give_what_the_jq_command_gives() {
    compare(SEED, Integer.getInteger("chatops.jq.programs", 1_000));
  }

  @Test
  @Tag("long")
  void generated_programs_give_what_the_jq_command_gives() {
    int programs = Integer.getInteger("chatops.jq.programs", 12_000);
    System.out.println(
        "long-job: jq-differential seed=" + SEED + " count=" + compare(SEED + 1, programs));
  }

  private int compare(long seed, int programs) {
    JqGrammar grammar = new JqGrammar(new Random(seed));
    List<JqCommand.Job> jobs = new ArrayList<>();
    for (int i = 0; i < programs; i++) {
      List<JsonNode> documents = new ArrayList<>();
      for (int d = 0; d < DOCUMENTS; d++) {
        documents.add(grammar.document());
      }
      jobs.add(new JqCommand.Job(grammar.program(), documents));
    }
    List<String> differences = new ArrayList<>();
    int failed = 0;
    List<List<JqOutcome>> theirs = new JqCommand(directory).run(jobs);
    for (int i = 0; i < programs; i++) {
      JqCommand.Job job = jobs.get(i);
      for (int d = 0; d < DOCUMENTS; d++) {
        JsonNode document = job.documents().get(d);
        JqOutcome expected = theirs.get(i).get(d);
        JqOutcome ours = JqOutcome.of(() -> jq.script(job.program()).run(document, Map.of()));
        failed += expected.hasFailed() ? 1 : 0;
        if (!ours.agrees(expected)) {
          differences.add(
              job.program() + "\n  on " + document + "\n  jq   " + expected + "\n  here " + ours);
          break;
        }
      }
    }
    System.out.println("jq differential test: " + programs + " programs, " + programs * DOCUMENTS
        + " results compared, " + failed + " of them failures, seed " + seed);
    assertThat(differences).isEmpty();
    return programs;
  }
}
