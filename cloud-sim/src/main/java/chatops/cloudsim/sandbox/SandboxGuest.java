package chatops.cloudsim.sandbox;

import chatops.cloudsim.assistant.Ending;
import chatops.cloudsim.assistant.Guest;
import chatops.cloudsim.assistant.PlayedGuest;
import chatops.cloudsim.assistant.Script;
import chatops.cloudsim.assistant.SentFile;
import chatops.cloudsim.assistant.Trouble;
import chatops.cloudsim.ecs.Fleet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Really runs shell scripts, each instance in a {@link Room} of its own. Scripts of Windows types are not run, and say so. A hostile script can harm its own instance and nothing
 * else: it sees no file of the machine but {@code /usr}, no process, no environment, no network; it cannot last longer than the simulator. Memory is limited per process and
 * per folder only. Thread-safe.
 */
public final class SandboxGuest implements Guest {
  private final InstantSource clock;
  private final Premises premises = new Premises();
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final PlayedGuest windows;
  private @Nullable FileRelay relay;

  private SandboxGuest(InstantSource clock) {
    this.clock = clock;
    windows = new PlayedGuest(clock, "scripts for Windows are only simulated");
    premises.note("files", "");
  }

  /** Why scripts cannot really be run on this machine; empty when they can. Looks anew at each call. */
  public static Optional<String> missing() {
    return Tools.missing();
  }

  /** Sandboxes where this machine can make them, else a guest that runs nothing and says why. */
  public static Guest orPlayed(InstantSource clock) {
    Optional<String> missing = missing();
    return missing.isEmpty() ? new SandboxGuest(clock) : new PlayedGuest(clock, missing.get());
  }

  /** @throws IllegalStateException where {@link #missing} says why not */
  public static SandboxGuest create(InstantSource clock) {
    missing().ifPresent(reason -> {
      throw new IllegalStateException("no sandboxes here: " + reason);
    });
    return new SandboxGuest(clock);
  }

  @Override
  public synchronized void filesAt(URI files) {
    if (relay != null) {
      relay.close();
    }
    premises.note("files", files.getAuthority());
    relay = new FileRelay(premises, files);
  }

  @Override
  public Process start(Fleet.Sight instance, Script script) {
    if (script.isForWindows()) {
      return windows.start(instance, script);
    }
    try {
      return SandboxedScript.start(room(instance), script, clock);
    } catch (IOException cannotStart) {
      return new NotStarted(Ending.of(
          Trouble.EXECUTION_EXCEPTION, String.valueOf(cannotStart.getMessage()), clock.instant()));
    }
  }

  private Room room(Fleet.Sight instance) throws IOException {
    synchronized (rooms) {
      Room room = rooms.get(instance.id());
      if (room == null || !room.isOpen()) {
        room = Room.open(premises, instance);
        rooms.put(instance.id(), room);
      }
      return room;
    }
  }

  @Override
  public Optional<Ending> send(Fleet.Sight instance, SentFile file, Instant now) {
    if (instance.isWindows()) {
      return windows.send(instance, file, now);
    }
    try {
      java.lang.Process process = room(instance)
          .run(List.of(
              Tools.path("bash"),
              "/run/simulator/lib/receive",
              file.targetDir(),
              file.name(),
              file.mode(),
              String.valueOf(file.overwrite())));
      try (OutputStream in = process.getOutputStream()) {
        in.write(file.content());
      }
      BufferedReader said = new BufferedReader(
          new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String first = said.readLine();
      if ("ready".equals(first)) {
        return Optional.empty();
      }
      Trouble trouble = "trouble DirectoryNotExists".equals(first)
          ? Trouble.DIRECTORY_NOT_EXISTS
          : Trouble.EXECUTION_EXCEPTION;
      return Optional.of(Ending.of(trouble, String.valueOf(first), now));
    } catch (IOException broken) {
      return Optional.of(
          Ending.of(Trouble.EXECUTION_EXCEPTION, String.valueOf(broken.getMessage()), now));
    }
  }

  @Override
  public void halt(String instanceId) {
    Room room = rooms.get(instanceId);
    if (room != null) {
      room.halt();
    }
  }

  @Override
  public void release(String instanceId) {
    Room room = rooms.remove(instanceId);
    if (room != null) {
      room.close();
    }
  }

  @Override
  public synchronized void close() {
    rooms.values().forEach(Room::close);
    if (relay != null) {
      relay.close();
    }
    premises.close();
  }

  /** A script whose sandbox did not come up. */
  private record NotStarted(Ending ending) implements Process {
    @Override
    public Optional<Ending> ended(Instant now) {
      return Optional.of(ending);
    }

    @Override
    public chatops.cloudsim.assistant.Output output(Instant now) {
      return chatops.cloudsim.assistant.Output.of(new byte[0]);
    }

    @Override
    public void stop() {
      // it never ran
    }
  }
}
