package chatops.cloudsim.sandbox;

import chatops.cloudsim.ecs.Fleet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sandbox of one instance, from its first script to its release. Its first process lives in namespaces of its own (users, mounts, processes, network, IPC, host name,
 * cgroups); scripts enter them, so what one installs or starts the next one finds. Its file system is memory with sizes, its {@code /usr} the machine's, read-only. It ends with
 * its standard input, that is with the simulator, however that ends.
 */
final class Room implements AutoCloseable {
  private static final Pattern CHILD = Pattern.compile("\"child-pid\": *([0-9]+)");
  private static final long MEGABYTE = 1024 * 1024;
  private static final String SEARCH_PATH =
      "/usr/local/sbin:/usr/local/bin:/run/simulator/bin:/usr/sbin:/usr/bin";
  /** Since Linux 5.14 the processes of a user namespace are counted by themselves; before, the machine's of the same user count too. */
  private static final int MOST_PROCESSES = kernelCountsBySandbox() ? 256 : 8192;

  private final Process first;
  private final ProcessHandle inside;

  private Room(Process first, ProcessHandle inside) {
    this.first = first;
    this.inside = inside;
  }

  static Room open(Premises premises, Fleet.Sight instance) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        // a descriptor of its own for what bubblewrap tells, the standard ones are the sandbox's
        Tools.path("bash"), "-c", "exec 3>&1; exec \"$@\"", "bash"));
    command.addAll(Tools.asNobody());
    command.addAll(bubblewrap(premises, instance));
    Process first = start(command);
    BufferedReader said =
        new BufferedReader(new InputStreamReader(first.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals("up")) {
        Matcher child = CHILD.matcher(all);
        Optional<ProcessHandle> inside =
            child.find() ? ProcessHandle.of(Long.parseLong(child.group(1))) : Optional.empty();
        if (inside.isPresent()) {
          Room room = new Room(first, inside.get());
          room.harden();
          return room;
        }
      }
      all.append(line).append('\n');
    }
    first.destroyForcibly();
    throw new IOException("the sandbox of " + instance.id() + " does not start: " + all);
  }

  private static List<String> bubblewrap(Premises premises, Fleet.Sight instance)
      throws IOException {
    Distribution os = Distribution.of(instance.osName());
    String host = "iZ" + instance.id().substring(instance.id().indexOf('-') + 1) + "Z";
    List<String> command = new ArrayList<>(List.of(
        Tools.path("bwrap"),
        "--unshare-user",
        "--unshare-pid",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup",
        "--unshare-net",
        "--uid",
        "0",
        "--gid",
        "0",
        "--cap-drop",
        "ALL",
        "--hostname",
        host,
        "--info-fd",
        "3",
        "--as-pid-1",
        "--new-session",
        "--clearenv",
        "--setenv",
        "PATH",
        SEARCH_PATH,
        "--ro-bind",
        "/usr",
        "/usr"));
    for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64")) {
      Path folder = Path.of("/", name);
      if (Files.isSymbolicLink(folder)) {
        command.addAll(List.of("--symlink", Files.readSymbolicLink(folder).toString(), "/" + name));
      } else if (Files.isDirectory(folder)) {
        command.addAll(List.of("--ro-bind", "/" + name, "/" + name));
      }
    }
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    memory(command, "/dev/shm", 64);
    memory(command, "/etc", 32);
    memory(command, "/home", 64);
    memory(command, "/opt", 256);
    memory(command, "/root", 256);
    memory(command, "/run", 16);
    memory(command, "/srv", 64);
    memory(command, "/tmp", 256);
    memory(command, "/usr/local", 256);
    memory(command, "/var", 256);
    // a JDK from a package has its configuration there, and the programs in /usr their alternatives
    readable(command, "/etc", "alternatives");
    readable(command, "/etc", "java*");
    readable(command, "/etc", "ld.so.c*");
    command.addAll(List.of(
        "--ro-bind",
        premises.folder().toString(),
        "/run/simulator",
        "--remount-ro",
        "/dev",
        "--remount-ro",
        "/",
        "--chdir",
        "/root",
        Tools.path("bash"),
        "/run/simulator/lib/boot",
        instance.id(),
        host,
        instance.privateIp(),
        os.id(),
        os.version(),
        instance.osName(),
        Distribution.machine(instance.instanceType())));
    return command;
  }

  private static void memory(List<String> command, String folder, int megabytes) {
    command.addAll(List.of("--size", String.valueOf(megabytes * MEGABYTE), "--tmpfs", folder));
  }

  private static void readable(List<String> command, String folder, String pattern)
      throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(folder), pattern)) {
      for (Path path : found) {
        command.addAll(List.of("--ro-bind", path.toString(), path.toString()));
      }
    }
  }

  /** What only a process with capabilities in the sandbox can do, before any script is there: no further namespaces, and port 80 for everybody. */
  private void harden() throws IOException {
    List<String> command = enter();
    command.addAll(
        List.of(
            Tools.path("bash"),
            "-c",
            "echo 0 >/proc/sys/user/max_user_namespaces; echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start"));
    Process process = start(command);
    process.getOutputStream().close();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs a program in the sandbox, without capabilities and within limits; both its output streams are one. */
  Process run(List<String> program) throws IOException {
    if (!isOpen()) {
      throw new IOException("the sandbox is closed");
    }
    List<String> command = enter();
    command.addAll(List.of(
        Tools.path("prlimit"),
        "--nproc=" + MOST_PROCESSES,
        "--nofile=1024",
        "--fsize=" + 256 * MEGABYTE,
        "--data=" + 2048 * MEGABYTE,
        "--cpu=900",
        "--core=0",
        Tools.path("setpriv"),
        "--bounding-set=-all",
        "--inh-caps=-all",
        "--no-new-privs",
        Tools.path("env"),
        "-i",
        "PATH=" + SEARCH_PATH));
    command.addAll(program);
    return start(command);
  }

  /** Goes into the namespaces; the one that does so has all capabilities in there, and none outside. */
  private List<String> enter() {
    List<String> command = new ArrayList<>(Tools.asNobody());
    command.addAll(List.of(
        Tools.path("nsenter"),
        "--target=" + inside.pid(),
        "--user",
        "--preserve-credentials",
        "--mount",
        "--pid",
        "--net",
        "--ipc",
        "--uts",
        "--cgroup",
        "--"));
    return command;
  }

  /** Ends every process but the first. */
  void halt() {
    try {
      Process killer = run(List.of(Tools.path("bash"), "-c", "kill -KILL -1"));
      killer.getOutputStream().close();
      killer.waitFor(10, TimeUnit.SECONDS);
    } catch (IOException alreadyGone) {
      // then nothing runs in it
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isOpen() {
    return first.isAlive();
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // the simulator's own may hold keys
    builder.environment().clear();
    return builder.start();
  }

  private static boolean kernelCountsBySandbox() {
    Matcher version =
        Pattern.compile("([0-9]+)\\.([0-9]+).*").matcher(System.getProperty("os.version", ""));
    if (!version.matches()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    return major > 5 || major == 5 && Integer.parseInt(version.group(2)) >= 14;
  }

  @Override
  public void close() {
    first.destroyForcibly();
    inside.destroyForcibly();
  }
}
