package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documentation's own template, unchanged, with the vendor's own product actions. */
@EnabledIfEnvironmentVariable(named = "CHATOPS_CORPUS", matches = ".+")
class CorpusTest {
  @RegisterExtension
  final Account account = Account.deployed("CHATOPS_TEMPLATES", templates());

  @BeforeEach
  void deploy() {
    account.cloud.fleet().launch(3, "web-", spec -> spec);
  }

  private static String templates() {
    Path corpus = Path.of(System.getenv("CHATOPS_CORPUS"));
    try (Stream<Path> products = Files.list(corpus.resolve("product-actions"))) {
      return Stream.concat(Stream.of(corpus.resolve("seeds")), products.sorted())
          .map(Path::toString)
          .reduce((a, b) -> a + File.pathSeparator + b)
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_seed_template_runs_to_success_when_it_is_approved() throws IOException {
    HandOver.Run run = start();
    account.send(account.decide(Account.BOB, run.executionId(), approval(run).approvalId(), true));

    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).hasSize(3);
    assertThat(account.answers(run)).hasSize(2);
    assertThat(account.answers(run).get(1).toString()).contains("done");
  }

  @Test
  void the_seed_template_is_cancelled_when_it_is_rejected() throws IOException {
    HandOver.Run run = start();
    account.send(account.decide(Account.BOB, run.executionId(), approval(run).approvalId(), false));

    assertThat(account.cloud.log().of("Ecs", "RebootInstance")).isEmpty();
    assertThat(account.answers(run).get(1).toString()).contains("cancelled");
  }

  private HandOver.Run start() throws IOException {
    HandOver.Run run = account.command(
        Account.ANN,
        Language.EN,
        "oos",
        "run",
        "BulkyRebootInstancesWithApproval",
        "targets=name:web-*",
        "webHookUrl=" + account.peer.baseUrl() + "/robot/send?access_token=planted-token",
        "atMobiles=[\"13900000000\"]");
    account.send(run);
    List<JsonNode> robot = account.posts("/robot/send");
    assertThat(robot).hasSize(1);
    assertThat(robot.get(0).path("at").path("atMobiles").get(0).asText()).isEqualTo("13900000000");
    assertThat(robot.get(0).path("text").path("content").asText())
        .contains("web-")
        .contains("https://front.example.com/approvals/");
    return run;
  }

  private ApprovalRef approval(HandOver.Run run) throws IOException {
    return ApprovalRef.parse(Account.buttonValue(account.answers(run).get(0)));
  }
}
