package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.execution.Decision;
import chatops.engine.execution.Question;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionRow;
import chatops.engine.testkit.StoredRows;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Executions that the last programs of the formats before left in the store go on with this one, and rows of a newer format are
 * left alone. The files were written by those programs, see {@link StoredRows}.
 */
class UpgradeTest {
  private final World world = new World().template("ACS::ECS::RebootInstance", Yaml.REBOOT);

  @BeforeEach
  void instances() {
    world.cloud.instance("i-2", "Running").instance("i-3", "Running").instance("i-4", "Running");
  }

  private void find(int schema, String name) {
    StoredRows rows = StoredRows.read("schema-" + schema + "/" + name + ".json");
    assertThat(rows.execution().schema()).isEqualTo(schema);
    rows.into(world.store);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void an_approval_asked_in_an_earlier_format_is_given_in_this_one(int schema) {
    find(schema, "approval");
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(3)));

    VoteResult vote = world.vote(World.BO, Decision.APPROVE);
    ExecutionView view = world.drive();

    assertThat(vote.state()).isEqualTo(VoteResult.State.DECIDED);
    assertThat(view.status()).isEqualTo("Success");
    assertThat(world.cloud.effects())
        .containsExactlyInAnyOrder(
            "RebootInstance i-2", "RebootInstance i-3", "RebootInstance i-4");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_loop_under_way_goes_on_and_repeats_nothing(int schema) {
    find(schema, "loop");

    ExecutionView view = world.drive();

    assertThat(view.status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("RebootInstance i-4");
    assertThat(view.outputs().path("states")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_question_asked_in_an_earlier_format_is_answered_in_this_one(int schema) {
    find(schema, "question");
    Question question = world.view().questions().get(0);

    AnswerResult answer =
        world.engine().decideOutcome(World.ID, question.id(), Question.Answer.SKIP, World.BO);

    assertThat(answer.state()).isEqualTo(AnswerResult.State.RECORDED);
    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).isEmpty();
  }

  /** The one execution, as a newer program wrote it. */
  private ExecutionRow newer() {
    StoredRows rows = StoredRows.read("schema-2/approval.json");
    ExecutionRow e = rows.execution();
    ExecutionRow newer = new ExecutionRow(
        e.id(),
        1,
        99,
        e.epoch(),
        e.status(),
        e.wakeAt(),
        e.createdAt(),
        e.template(),
        e.startedBy(),
        "{\"of\":\"another kind\"}");
    new StoredRows(newer, List.of(), List.of()).into(world.store);
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(3)));
    return newer;
  }

  @Test
  void a_sweep_tells_what_it_left_alone_and_gets_to_its_end() {
    newer();
    Map<ExecutionId, RuntimeException> failed = new ConcurrentHashMap<>();

    Swept swept =
        world.engine().sweep(10, world.clock.instant().plus(Duration.ofMinutes(1)), failed::put);

    assertThat(swept).isEqualTo(new Swept(1, 0));
    assertThat(failed).containsOnlyKeys(World.ID);
    assertThat(failed.get(World.ID)).isInstanceOf(NewerFormatException.class);
  }

  @Test
  void a_row_of_a_newer_format_is_never_touched_and_the_message_says_so() {
    ExecutionRow newer = newer();

    List<Runnable> touches = List.of(
        () -> world.advance(),
        () -> world.engine().vote(World.ID, "ap1", Decision.APPROVE, World.BO, "", "d"),
        () -> world.engine().cancel(World.ID, World.BO, ""),
        () -> world.sweep(),
        () -> world.engine().find(World.ID));
    for (Runnable touch : touches) {
      assertThatThrownBy(touch::run)
          .isInstanceOf(NewerFormatException.class)
          .hasMessageContaining("format 99")
          .hasMessageContaining("deploy the newer program");
    }

    assertThat(world.store.load(World.ID)).contains(newer);
    assertThat(
            world.engine().list(new chatops.engine.store.ExecutionQuery(null, null, null, null, 5)))
        .extracting(ExecutionView::id)
        .containsExactly(World.ID.value());
  }
}
