package chatops.local.demo;

import chatops.local.host.Machine;
import chatops.local.page.SlackLines;
import java.time.InstantSource;

/** The whole demo, against a machine that runs; every part plays even where an earlier one failed. */
public final class Scenario {
  private final Stage stage;
  private final InstantSource clock;

  public Scenario(Machine machine, SlackLines lines, Narration narration, InstantSource clock) {
    this.stage = new Stage(machine, lines, narration);
    this.clock = clock;
  }

  public void play() {
    new SlackPart(stage).play();
    new ApprovalPart(stage).play();
    new RefusalPart(stage, clock).play();
    stage.narration().say("");
  }
}
