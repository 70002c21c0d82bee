package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Contact;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Untold;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.NoticeException;
import chatops.engine.store.StoreException;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of what people should be told: it arrives, is tried again, or is given up in a way that shows. */
class ContactTest {
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: approve
          Action: ACS::Approve
          Properties:
            NotifyType: WebHook
            WebHook: {URI: 'https://hooks.example/x', Content: {msgtype: text, text: {content: 'Go?'}}}
      """;
  private static final String NAP = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - {Name: nap, Action: ACS::Sleep, Properties: {Duration: PT1S}}
      """;

  private final World world = new World().template("ask", ASK).template("nap", NAP);
  private final List<String> memories = new ArrayList<>();
  private final List<Instant> tries = new ArrayList<>();

  @Test
  void what_the_notifier_remembers_comes_back_with_the_next_notice_in_another_process() {
    world.platform = (notice, memory) -> {
      memories.add(memory);
      return memory + notice.getClass().getSimpleName() + ".";
    };
    world.run("ask", "{}");
    world.restart();
    world.vote(World.BO, Decision.APPROVE);
    world.drive();

    assertThat(memories).hasSize(3).startsWith("", "DecisionWanted.");
    assertThat(memories.get(2)).contains("DecisionWanted.").contains("DecisionMade.");
  }

  @Test
  void what_is_remembered_of_a_failure_comes_back_too_and_nothing_leaves_it() {
    world.platform = (notice, memory) -> {
      memories.add(memory);
      if (memories.size() == 4) {
        return memory;
      }
      throw new NoticeException(
          "no", true, Duration.ZERO, memories.size() == 2 ? "the second" : "");
    };
    world.run("nap", "{}");

    assertThat(memories).containsExactly("", "", "the second", "the second");
  }

  @Test
  void more_than_may_be_remembered_is_forgotten() {
    world.platform = (notice, memory) -> {
      memories.add(memory);
      return "x".repeat(2001);
    };
    world.run("ask", "{}");
    world.vote(World.BO, Decision.APPROVE);
    world.drive();

    assertThat(memories).hasSize(3).containsOnly("");
  }

  @Test
  void a_platform_that_wants_to_be_left_alone_is_and_that_is_no_failure() {
    world.platform = (notice, memory) -> {
      tries.add(world.clock.instant());
      if (tries.size() < 20) {
        throw new NoticeException("429", true, Duration.ofMinutes(2), "");
      }
      return memory;
    };
    ExecutionView view = world.run("nap", "{}");

    assertThat(tries).hasSize(20);
    assertThat(Duration.between(tries.get(0), tries.get(19))).isEqualTo(Duration.ofMinutes(38));
    assertThat(view.undelivered()).isEmpty();
  }

  @Test
  void a_platform_that_wants_to_be_left_alone_for_a_day_is_given_up() {
    world.platform = (notice, memory) -> {
      tries.add(world.clock.instant());
      throw new NoticeException("429", true, Duration.ofHours(3), "");
    };
    ExecutionView view = world.run("nap", "{}");

    assertThat(tries).hasSize(10);
    assertThat(view.status()).isEqualTo("Success");
    assertThat(view.undelivered())
        .containsExactly(new Contact.Missed(Untold.Kind.ENDED, "429", tries.get(9)));
  }

  @ParameterizedTest
  @CsvSource({"true,6", "false,1"})
  void what_cannot_be_told_is_recorded_and_the_execution_is_none_the_worse(
      boolean isWorthRetrying, int expected) {
    world.platform = (notice, memory) -> {
      tries.add(world.clock.instant());
      throw new NoticeException("channel_not_found", isWorthRetrying);
    };
    ExecutionView view = world.run("nap", "{}");

    assertThat(tries).hasSize(expected);
    assertThat(view.status()).isEqualTo("Success");
    assertThat(view.wakeAt()).isNull();
    assertThat(view.undelivered())
        .extracting(Contact.Missed::kind)
        .containsExactly(Untold.Kind.ENDED);
    assertThat(view.undelivered().get(0).detail()).isEqualTo("channel_not_found");
  }

  @Test
  void a_client_that_breaks_is_as_one_that_fails_and_its_words_are_not_kept() {
    world.platform = (notice, memory) -> {
      throw new IllegalStateException("token xoxb-1");
    };
    ExecutionView view = world.run("nap", "{}");

    assertThat(view.undelivered().get(0).detail()).isEqualTo("IllegalStateException");
  }

  @Test
  void of_many_that_were_given_up_the_last_five_are_kept() {
    world.platform = (notice, memory) -> {
      throw new NoticeException("x".repeat(1000), false);
    };
    StringBuilder tasks = new StringBuilder(ASK);
    for (int i = 2; i < 7; i++) {
      tasks.append(ASK.substring(ASK.indexOf("  - Name")).replace("approve", "approve" + i));
    }
    world.template("often", tasks.toString());
    world.run("often", "{}");
    for (int i = 1; i < 7; i++) {
      world.vote(World.BO, Decision.APPROVE);
      world.drive();
    }

    assertThat(world.view().status()).isEqualTo("Success");
    assertThat(world.view().undelivered()).hasSize(5);
    assertThat(world.view().undelivered().get(4).kind()).isEqualTo(Untold.Kind.ENDED);
    assertThat(world.view().undelivered().get(0).detail()).hasSize(300);
  }

  /** Once by the worker that ended it, and once by the sweep, which cannot know that. */
  @Test
  void while_the_store_takes_nothing_what_was_told_is_not_told_with_every_sweep() {
    AtomicBoolean isFull = new AtomicBoolean();
    World full = new World(new Boundaries(), (row, applied) -> {
          if (isFull.get() && !applied) {
            throw new StoreException("no room", new IOException());
          }
        })
        .template("nap", NAP);
    full.platform = (notice, memory) -> {
      isFull.set(true);
      return "told";
    };
    full.engine().start(full.wish("nap", "{}"));
    full.advance();
    List<ExecutionId> failed = new ArrayList<>();
    for (int minute = 0; minute < 10; minute++) {
      full.clock.setAtLeast(full.clock.instant().plus(Duration.ofMinutes(1)));
      full.engine()
          .sweep(
              10, full.clock.instant().plus(Duration.ofMinutes(1)), (id, away) -> failed.add(id));
    }
    full.platform = null;
    isFull.set(false);
    full.sweep();

    assertThat(failed).hasSize(10);
    assertThat(full.notices).hasSize(2);
    assertThat(full.view().wakeAt()).isNull();
    assertThat(full.view().status()).isEqualTo("Success");
  }
}
