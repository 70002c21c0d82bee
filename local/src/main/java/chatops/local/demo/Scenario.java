package chatops.local.demo;

import chatops.local.host.Machine;
import chatops.local.page.SlackLines;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The whole demo, against a machine that runs; every part plays even where an earlier one failed. */
public final class Scenario {
  private final Stage stage;
  private final InstantSource clock;
  private final Path examples;

  /** @param examples folder of the packages that ship as examples */
  public Scenario(
      Machine machine, SlackLines lines, Narration narration, InstantSource clock, Path examples) {
    this.stage = new Stage(machine, lines, narration);
    this.clock = clock;
    this.examples = examples;
  }

  /** A part that can be played alone, and then whole. */
  public enum Part {
    SCALING,
    EXTENSIONS
  }

  /** @param only null for all parts, the long ones in short */
  public void play(@Nullable Part only) {
    if (only == null) {
      new SlackPart(stage).play();
      new ApprovalPart(stage).play();
      new RefusalPart(stage, clock).play();
      new ScalingPart(stage).play();
      extensions().play(false);
    } else if (only == Part.SCALING) {
      new ScalingPart(stage).playWhole();
    } else {
      extensions().play(true);
    }
    stage.narration().say("");
  }

  private ExtensionPart extensions() {
    return new ExtensionPart(stage, clock, examples.resolve("demo-service"));
  }
}
