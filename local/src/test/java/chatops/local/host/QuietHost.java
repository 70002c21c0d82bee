package chatops.local.host;

import chatops.chat.Language;
import chatops.cloudsim.ecs.Pace;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/** The one-machine host as tests want it: in English, with what ships, logging to nobody. */
public final class QuietHost {
  private QuietHost() {}

  public static Machine start(DataDirectory directory) throws Exception {
    return start(directory, shipped(), Machine.PACE);
  }

  public static Machine start(DataDirectory directory, Path templates, Pace pace) throws Exception {
    return Machine.start(new Machine.Plan(
        directory,
        Language.EN,
        3,
        templates,
        null,
        pace,
        new PrintStream(OutputStream.nullOutputStream())));
  }

  /** The templates that ship. */
  public static Path shipped() {
    return Path.of(System.getProperty("chatops.root", ".."), "templates");
  }
}
