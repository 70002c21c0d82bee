package chatops.cloudsim;

import chatops.cloudsim.assistant.Guest;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.http.WebServer;
import chatops.cloudsim.journal.FileJournal;
import chatops.cloudsim.journal.Journal;
import chatops.cloudsim.tablestore.Limits;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Settings with defaults: the machine's clock, seed 1, free ports, realistic delays. */
public final class CloudSimBuilder {
  InstantSource clock = InstantSource.system();
  InstantSource wallClock = InstantSource.system();
  long seed = 1;
  String accountId = "1234567890123456";
  Pace pace = Pace.realistic();
  int openApiPort;
  int functionPort;
  int slackPort;
  int dingTalkPort;
  int tablestorePort;
  int ossPort;
  int controlPort;
  int certificatePort;
  Journal journal = Journal.none();

  @Nullable
  String controlToken;

  @Nullable
  Guest guest;

  Limits tablestoreLimits = Limits.REAL;
  String slackTeam = "T0001";
  String slackAppId = "A0001";
  String dingTalkCorp = "dingcorp0001";

  CloudSimBuilder() {}

  /** The clock that everything simulated follows. */
  public CloudSimBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /** The clock that time stamps of signatures are held against; SDKs stamp with the machine's time, so leave it unless the client's clock is set too. */
  public CloudSimBuilder wallClock(InstantSource source) {
    wallClock = source;
    return this;
  }

  public CloudSimBuilder seed(long number) {
    seed = number;
    return this;
  }

  public CloudSimBuilder accountId(String id) {
    accountId = id;
    return this;
  }

  public CloudSimBuilder pace(Pace instances) {
    pace = instances;
    return this;
  }

  public CloudSimBuilder openApiPort(int port) {
    openApiPort = port;
    return this;
  }

  public CloudSimBuilder functionPort(int port) {
    functionPort = port;
    return this;
  }

  public CloudSimBuilder slackPort(int port) {
    slackPort = port;
    return this;
  }

  public CloudSimBuilder dingTalkPort(int port) {
    dingTalkPort = port;
    return this;
  }

  public CloudSimBuilder tablestorePort(int port) {
    tablestorePort = port;
    return this;
  }

  /** Where receivers of MNS pushes find the certificate. */
  public CloudSimBuilder certificatePort(int port) {
    certificatePort = port;
    return this;
  }

  public CloudSimBuilder ossPort(int port) {
    ossPort = port;
    return this;
  }

  public CloudSimBuilder tablestoreLimits(Limits limits) {
    tablestoreLimits = limits;
    return this;
  }

  /** What runs the scripts of Cloud Assistant; without it none is run and each says so. */
  public CloudSimBuilder guest(Guest scripts) {
    guest = scripts;
    return this;
  }

  /** Opens a port where faults are switched and the call log is read, by whoever has the token; without it there is none. */
  public CloudSimBuilder control(int port, String token) {
    controlPort = port;
    controlToken = token;
    return this;
  }

  /** Keeps the chats' messages and reply addresses in this file, so that they outlive the process as the real ones do. */
  public CloudSimBuilder chatsIn(Path file) {
    journal = new FileJournal(file);
    return this;
  }

  /** The workspace's and the app's ids. */
  public CloudSimBuilder slackIds(String team, String appId) {
    slackTeam = team;
    slackAppId = appId;
    return this;
  }

  public CloudSimBuilder dingTalkCorp(String corpId) {
    dingTalkCorp = corpId;
    return this;
  }

  /**
   * Starts everything.
   *
   * @throws IllegalStateException when a given port is taken; nothing is left open then
   */
  public CloudSim start() {
    WebServer server = new WebServer();
    try {
      return new CloudSim(this, server);
    } catch (RuntimeException cannotStart) {
      server.close();
      throw cannotStart;
    }
  }
}
