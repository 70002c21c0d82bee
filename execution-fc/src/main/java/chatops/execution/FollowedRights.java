package chatops.execution;

import chatops.chat.fc.FunctionClient;
import chatops.chat.oss.OssObject;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.FileSource;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.OssSource;
import chatops.chat.rights.RightsSource;
import chatops.execution.config.ConfigurationFileException;
import chatops.execution.config.YamlForm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What may be done, as {@code chatops.yaml} stands now. Where {@code CHATOPS_RIGHTS_LIVE} names a place, that place counts from the
 * first moment: else the last sound one that the store keeps, and only then what is in the package.
 */
final class FollowedRights {
  private FollowedRights() {}

  static LiveRights of(
      Deployment deployment,
      FunctionClient.Keys keys,
      LastRights last,
      InstantSource clock,
      Log log) {
    String live = deployment.liveRights();
    Path packaged = deployment.configurationFile();
    if (live.isEmpty()) {
      FileSource file = new FileSource(packaged, new YamlForm(packaged.toString()), clock, true);
      return new LiveRights(
          deployment.configuration(), true, file, clock, line -> log.line("", line));
    }
    RightsSource source = source(deployment, keys, clock);
    // read at the first invocation, which brings the keys to read it with
    return new LiveRights(
        deployment.configuration(),
        false,
        new Keeping(source, last, log),
        clock,
        line -> log.line("", line));
  }

  private static RightsSource source(
      Deployment deployment, FunctionClient.Keys keys, InstantSource clock) {
    String live = deployment.liveRights();
    if (!live.contains("://")) {
      return new FileSource(Path.of(live), new YamlForm(live), clock, false);
    }
    try {
      return new OssSource(
          new OssObject(live, deployment.ossEndpoint(), deployment.regionId(), keys, clock),
          new YamlForm(live));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFileException(
          "CHATOPS_RIGHTS_LIVE, CHATOPS_OSS_ENDPOINT: " + e.getMessage());
    }
  }

  /** Keeps what is new for the next start, and starts with what was kept where there is nothing sound. */
  private static final class Keeping implements RightsSource {
    private final RightsSource source;
    private final LastRights last;
    private final Log log;
    private boolean isStarted;

    Keeping(RightsSource source, LastRights last, Log log) {
      this.source = source;
      this.last = last;
      this.log = log;
    }

    @Override
    public @Nullable Configuration newer() throws IOException {
      try {
        Configuration newer = source.newer();
        if (newer != null) {
          last.keep(newer);
        }
        isStarted = true;
        return newer;
      } catch (IOException | RuntimeException e) {
        Configuration kept = isStarted ? null : last.kept().orElse(null);
        isStarted = true;
        if (kept == null) {
          throw e;
        }
        log.line(
            "",
            "rights not read from " + source + ": " + e.getMessage()
                + "; those of an earlier start hold");
        return kept;
      }
    }

    @Override
    public String toString() {
      return source.toString();
    }
  }
}
