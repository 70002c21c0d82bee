package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.audit.Anchor;
import chatops.engine.audit.Chain;
import chatops.engine.audit.UnreadTrails;
import chatops.engine.audit.Verification;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Question;
import chatops.engine.execution.Trail;
import chatops.engine.id.ExecutionId;
import chatops.engine.run.Settings;
import chatops.engine.store.AuditRow;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.SharedRow;
import chatops.engine.testkit.StoredRows;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
  private static final String SECRET = "s3cr3t-value";

  /** A password beside a call that fails, which somebody retries. */
  private static final String TELLING = """
      FormatVersion: OOS-2019-06-01
      Parameters:
        password: {Type: String, NoEcho: true}
        note: {Type: String}
      Tasks:
        - Name: change
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: i-1, Password: literal-pass, Note: '{{ note }}', Other: '{{ password }}'}}
      """;

  private final World world = new World()
      .template("bulk", Yaml.BULK_REBOOT)
      .template("telling", TELLING)
      .template("ACS::ECS::RebootInstance", Yaml.REBOOT);

  private final List<ExecutionId> unread = new ArrayList<>();

  AuditTest() {
    world.cloud.instance("i-1", "Stopped").instance("i-2", "Running").instance("i-3", "Running");
  }

  private void approvedReboot() {
    world.run("bulk", "{\"ids\":[\"i-2\",\"i-3\"]}");
    world.vote(World.BO, Decision.APPROVE);
    assertThat(world.drive().status()).isEqualTo("Success");
  }

  private Chain trail() {
    return world.engine().audit(World.ID);
  }

  private List<String> kinds() {
    return trail().links().stream()
        .map(link -> link.fields().path("kind").asText())
        .toList();
  }

  private String text() {
    return String.join("\n", trail().links().stream().map(Chain.Link::text).toList());
  }

  private Verification.Report verified() {
    return new Verification(world.store).run(null);
  }

  private Optional<Anchor> anchor() {
    return world
        .engine()
        .anchor(world.clock.instant().plus(Duration.ofMinutes(5)), (id, e) -> unread.add(id));
  }

  private void nextDay() {
    world.clock.setAtLeast(
        world.clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS));
  }

  @Test
  void an_execution_answers_for_request_decision_calls_session_and_outcome() {
    approvedReboot();

    assertThat(kinds())
        .containsSubsequence("request", "asked", "decision", "closed", "call", "result", "ended")
        .contains("session");
    assertThat(text())
        .contains("\"by\":\"slack:T1/U1\"", "\"by\":\"slack:T1/U2\"", "\"decision\":\"approve\"")
        .contains("ECS.RebootInstance", "\"class\":\"once\"", "i-3", "\"status\":\"Success\"")
        .contains("\"role\":\"arn:");
    assertThat(trail().broken()).isNull();
    assertThat(verified().problems()).isEmpty();
  }

  @Test
  void the_call_that_must_not_happen_twice_is_in_the_trail_before_it_leaves() {
    String[] seen = {""};
    world.cloud.during("RebootInstance", () -> seen[0] = text());
    approvedReboot();

    assertThat(seen[0]).contains("\"kind\":\"call\"", "ECS.RebootInstance");
  }

  @Test
  void a_trail_costs_one_row_at_the_end_and_no_commit() {
    approvedReboot();

    ExecutionView view = world.view();
    assertThat(world.store.audit(World.ID)).hasSize(1);
    assertThat(view.counters().rows()).isGreaterThan(view.counters().commits());
  }

  @Test
  void no_secret_gets_into_a_trail() {
    world.run("telling", "{\"password\":\"" + SECRET + "\",\"note\":\"is " + SECRET + "\"}");
    world.engine().cancel(World.ID, World.BO, "because of " + SECRET);

    assertThat(text())
        .contains("StartInstance", "i-1", "******")
        .doesNotContain(SECRET, "literal-pass");
  }

  @Test
  void what_people_order_and_what_came_of_it_is_told() {
    world.cloud.refuse("StartInstance", "Forbidden.RAM");
    world.run("telling", "{\"password\":\"" + SECRET + "\",\"note\":\"n\"}");
    assertThat(world.view().status()).isEqualTo("Failed");
    world
        .engine()
        .retry(
            World.ID,
            List.of(),
            JsonNodeFactory.instance.objectNode().put("note", "other"),
            World.BO,
            "d_1");
    world.drive();

    assertThat(kinds())
        .containsSubsequence("request", "call", "result", "ended", "order", "reopened", "call");
    assertThat(text()).contains("Forbidden.RAM", "\"what\":\"retry\"", "other");
    assertThat(verified().problems()).isEmpty();
  }

  @Test
  void a_question_and_its_answer_are_told() {
    world.run("bulk", "{\"ids\":[\"i-2\"]}");
    world.cloud.loseAnswer("RebootInstance");
    world.vote(World.BO, Decision.APPROVE);
    Question question = world.drive().questions().get(0);
    world.engine().decideOutcome(World.ID, question.id(), Question.Answer.SKIP, World.BO);
    world.drive();

    assertThat(kinds()).containsSubsequence("call", "result", "question", "answer", "ended");
    assertThat(text()).contains("\"result\":\"unknown\"", "\"answer\":\"skip\"");
  }

  @Test
  void every_record_that_is_changed_is_named_wherever_it_lies() {
    approvedReboot();
    Chain sound = trail();

    for (Chain.Link link : sound.links()) {
      Chain.Broken broken = changed(link).broken();
      assertThat(broken).as("record " + link).isNotNull();
      assertThat(broken == null ? 0 : broken.record()).isEqualTo(link.number());
    }
  }

  /** The trail in a store whose rows somebody edited. */
  private Chain changed(Chain.Link link) {
    World copy = new World();
    copyInto(copy, link.text(), link.text().replace("\"kind\"", "\"Kind\""));
    return copy.engine().audit(World.ID);
  }

  private void copyInto(World copy, String what, String instead) {
    ExecutionRow row = world.store.load(World.ID).orElseThrow();
    ExecutionRow first = row.as(1, row.document());
    List<AuditRow> audit = world.store.audit(World.ID).stream()
        .map(r -> new AuditRow(r.execution(), r.last(), r.hash(), r.text().replace(what, instead)))
        .toList();
    copy.store.commit(new Commit(first, 0, List.of(), List.of(), audit));
  }

  @Test
  void a_record_that_still_lies_in_the_executions_row_is_covered_by_its_head() {
    world.run("bulk", "{\"ids\":[\"i-2\"]}");
    ExecutionRow row = world.store.load(World.ID).orElseThrow();
    World copy = new World();
    StoredRows edited = new StoredRows(
        row.as(
            row.version(),
            row.document().replace("\\\"kind\\\":\\\"request\\\"", "\\\"kind\\\":\\\"Request\\\"")),
        List.of(),
        List.of());
    edited.into(copy.store);

    Chain.Broken broken = copy.engine().audit(World.ID).broken();
    assertThat(broken).isNotNull();
    assertThat(broken == null ? 0 : broken.record()).isEqualTo(1);
  }

  @Test
  void rows_that_are_gone_are_named() {
    approvedReboot();
    world.store.deleteAudit(World.ID);

    Chain chain = trail();
    assertThat(chain.broken()).isNotNull();
    assertThat(chain.links()).isEmpty();
    assertThat(verified().problems())
        .extracting(Verification.Problem::execution)
        .containsExactly(World.ID.value());
  }

  @Test
  void a_long_trail_lies_in_rows_and_not_in_the_executions_own() {
    String ids = String.join(
        ",",
        java.util.stream.IntStream.range(0, 60).mapToObj(i -> "\"x-" + i + "\"").toList());
    for (int i = 0; i < 60; i++) {
      world.cloud.instance("x-" + i, "Running");
    }
    world.run("bulk", "{\"ids\":[" + ids + "]}");
    world.vote(World.BO, Decision.APPROVE);
    assertThat(world.drive().status()).isEqualTo("Success");

    assertThat(world.store.audit(World.ID)).hasSizeBetween(3, 60);
    assertThat(world.store.audit(World.ID)).allMatch(row -> row.text().length() < 300_000);
    assertThat(world.store.load(World.ID).orElseThrow().document()).doesNotContain("\\\"prev\\\"");
    assertThat(trail().links()).hasSizeGreaterThan(120);
    assertThat(verified().problems()).isEmpty();
  }

  @Test
  void an_execution_of_an_earlier_program_begins_a_trail_with_its_next_record() {
    StoredRows.read("schema-2/approval.json").into(world.store);
    assertThat(trail().links()).isEmpty();
    assertThat(verified().problems()).isEmpty();
    world.cloud.instance("i-4", "Running");
    world.clock.setAtLeast(Instant.parse("2026-03-04T00:00:00Z"));
    world.vote(World.BO, Decision.APPROVE);
    world.drive();

    assertThat(kinds()).startsWith("adopted", "decision").endsWith("ended");
    assertThat(verified().problems()).isEmpty();
  }

  @Test
  void heads_are_anchored_once_a_day_and_the_anchors_follow_each_other() {
    approvedReboot();
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofHours(2)));
    Anchor first = anchor().orElseThrow();
    assertThat(anchor()).isEmpty();
    assertThat(world.engine("another").anchor(Instant.MAX, (id, e) -> {})).isEmpty();
    nextDay();
    Anchor second = anchor().orElseThrow();

    assertThat(first.count()).isEqualTo(1);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.previous()).isEqualTo(first.hash());
    // it ended before the first anchor, and did not change since
    assertThat(second.count()).isZero();
    assertThat(verified().newest()).isEqualTo(second.hash());
    assertThat(verified().problems()).isEmpty();
  }

  @Test
  void an_open_execution_and_one_that_was_brought_back_are_anchored_again() {
    world.run("bulk", "{\"ids\":[\"i-2\"]}");
    anchor();
    nextDay();
    assertThat(anchor().orElseThrow().count()).isEqualTo(1);
    world.vote(World.BO, Decision.REJECT);
    assertThat(world.drive().status()).isNotEqualTo("Waiting");
    nextDay();
    assertThat(anchor().orElseThrow().count()).isEqualTo(1);
    nextDay();
    assertThat(anchor().orElseThrow().count()).isZero();
    if (world.view().status().equals("Failed")) {
      world
          .engine()
          .retry(World.ID, List.of(), JsonNodeFactory.instance.objectNode(), World.BO, "d_2");
      world.drive();
      nextDay();
      assertThat(anchor().orElseThrow().count()).isEqualTo(1);
    }
    assertThat(verified().problems()).isEmpty();
  }

  private void rewrite(String document) {
    ExecutionRow row = world.store.load(World.ID).orElseThrow();
    ExecutionRow next = row.as(row.version() + 1, document);
    world.store.commit(new Commit(next, row.version(), List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"status\":5}"})
  void a_row_that_cannot_be_read_is_told_and_keeps_no_other_from_its_anchor(String damaged) {
    approvedReboot();
    String whole = world.store.load(World.ID).orElseThrow().document();
    rewrite(damaged);
    assertThat(anchor().orElseThrow().count()).isZero();

    assertThat(unread).containsExactly(World.ID);
    assertThat(new UnreadTrails(world.store.shared()).ids()).containsExactly(World.ID);
    assertThat(verified().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.execution()).isEqualTo(World.ID.value()));
    List<Chain> chains = new ArrayList<>();
    new Verification(world.store).each(chains::add);
    assertThat(chains)
        .singleElement()
        .satisfies(chain -> assertThat(chain.broken()).isNotNull());

    // it is neither new nor open, and is looked at all the same until it can be read
    nextDay();
    anchor();
    nextDay();
    rewrite(whole);
    assertThat(anchor().orElseThrow().count()).isEqualTo(1);
    assertThat(new UnreadTrails(world.store.shared()).ids()).isEmpty();
    nextDay();
    assertThat(anchor().orElseThrow().count()).isZero();
    assertThat(verified().problems()).isEmpty();
  }

  @Test
  void a_trail_that_was_written_anew_from_beginning_to_end_is_told_by_an_anchor() {
    approvedReboot();
    anchor();
    String shared = world.store.shared().under("anchor", 100).toString();
    assertThat(shared).contains(World.ID.value());
    World forged = new World()
        .template("bulk", Yaml.BULK_REBOOT)
        .template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    forged.cloud.instance("i-2", "Running").instance("i-3", "Running");
    forged.run("bulk", "{\"ids\":[\"i-2\",\"i-3\"]}");
    forged.vote(World.ANN, Decision.REJECT);
    forged.drive();
    for (SharedRow row : world.store.shared().under("anchor", 100)) {
      forged.store.shared().put(row, "");
    }

    assertThat(forged.engine().audit(World.ID).broken()).isNull();
    assertThat(new Verification(forged.store).run(null).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.why()).contains("anchor 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"anchor:00000001", "anchor-heads:"})
  void an_anchor_that_was_changed_is_told(String which) {
    approvedReboot();
    anchor();
    nextDay();
    anchor();
    SharedRow row = world.store.shared().under(which, 1).get(0);
    world
        .store
        .shared()
        .put(new SharedRow(row.key(), "edited", row.value().replace("0", "1")), row.stamp());

    assertThat(verified().problems())
        .isNotEmpty()
        .anyMatch(problem -> problem.execution().isEmpty() && problem.record() <= 2);
  }

  @Test
  void a_trail_outlives_its_execution_for_as_long_as_it_is_said_to() {
    world.settings(Settings.defaults()
        .withInProcessWait(Duration.ZERO)
        .withRetention(Duration.ofDays(30))
        .withAuditRetention(Duration.ofDays(300)));
    approvedReboot();
    anchor();
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(31)));
    world.sweep();
    assertThat(world.store.load(World.ID)).isEmpty();

    assertThat(kinds()).startsWith("request").endsWith("retired");
    assertThat(verified().problems()).isEmpty();
    nextDay();
    assertThat(anchor().orElseThrow().count()).isEqualTo(1);
    assertThat(verified().executions()).isEqualTo(1);

    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(299)));
    anchor();
    assertThat(trail().links()).isNotEmpty();
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(3)));
    anchor();
    assertThat(world.store.audit(World.ID)).isEmpty();
    assertThat(verified().problems()).isEmpty();
    assertThat(verified().anchors()).isEqualTo(4);
  }

  @Test
  void the_rows_of_an_execution_cannot_be_deleted_by_somebody_else_unnoticed() {
    approvedReboot();
    anchor();
    world.store.delete(World.ID);

    assertThat(verified().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.why()).contains("is gone"));
  }

  @Test
  void the_hash_of_a_record_is_the_plain_sha_256_of_its_text() {
    assertThat(Trail.hash("{\"n\":1}"))
        .isEqualTo("2bfd14f43d17fc7cea24e0917a8879b4b2f880b8baeec1b9d90fbaad655e71bd");
  }

  @Test
  void an_unknown_execution_has_no_trail() {
    assertThat(world.engine().audit(new ExecutionId("exec-neverwas")).links()).isEmpty();
  }
}
