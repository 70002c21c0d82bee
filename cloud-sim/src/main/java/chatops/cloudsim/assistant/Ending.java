package chatops.cloudsim.assistant;

import java.time.Instant;

/**
 * How a script ended on an instance.
 *
 * @param trouble {@link Trouble#NONE} when the script ran to its own end
 * @param info what the agent says about the trouble, else empty
 * @param exitCode meaningful without trouble only
 * @param at when it ended
 */
public record Ending(Trouble trouble, String info, int exitCode, Instant at) {

  public static Ending exit(int exitCode, Instant at) {
    return new Ending(exitCode == 0 ? Trouble.NONE : Trouble.EXIT_CODE_NONZERO, "", exitCode, at);
  }

  public static Ending of(Trouble trouble, String info, Instant at) {
    return new Ending(trouble, info, -1, at);
  }
}
