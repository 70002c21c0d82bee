package chatops.local.pack;

import chatops.chat.rights.RightsSource;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.execution.config.ConfigurationFile;
import chatops.execution.form.FormCompiler;
import chatops.local.host.Hosting;
import chatops.local.host.ProductFunction;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the packages of both functions: links a Java, gathers the jars, trains the archives on the main path of both
 * functions together, zips, and proves each zip by unpacking and starting it elsewhere. The archives come last, because a
 * jar that is made anew voids them.
 */
public final class Packing {
  private static final Set<String> OURS = Set.of(
      "jre",
      "lib",
      "bootstrap",
      "rights.json",
      "forms.txt",
      "chatops.yaml",
      "templates",
      "app.aot",
      "app.aot.config",
      "app.jsa");

  private final Plan plan;
  private final Jdk jdk;
  private final Consumer<String> progress;

  /**
   * @param root of the built checkout
   * @param out folder for the zips and what they are made of; the latter is removed first
   * @param runtime they are made for
   * @param jdk whose Java is packed; null takes the newest at hand
   * @param configuration chatops.yaml
   * @param isFc2 whether Front gets the client of FC 2, too
   * @param isFresh whether they are made anew even where nothing changed
   */
  public record Plan(
      Path root,
      Path out,
      FcRuntime runtime,
      @Nullable Path jdk,
      Path configuration,
      boolean isFc2,
      boolean isFresh,
      Map<String, String> environment) {}

  /** @param progress takes one line per step */
  public Packing(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.jdk = plan.jdk() == null ? Jdk.newest(plan.environment()) : Jdk.at(plan.jdk());
    this.progress = progress;
  }

  /** @throws PackException when a package cannot be made as it should be */
  public List<FunctionPackage> run() throws IOException {
    progress.accept("Java " + jdk + " for runtime " + plan.runtime().id());
    Files.createDirectories(plan.out());
    for (ProductFunction function : ProductFunction.values()) {
      refuseAnothers(folder(function));
    }
    Map<ProductFunction, StartCommand> commands = forBoth(this::gather);
    Map<ProductFunction, String> digests = forBoth(function -> ContentDigest.of(folder(function)));
    Seals seals = new Seals(plan.out());
    boolean isKept = !plan.isFresh() && seals.hold(digests);
    if (isKept) {
      progress.accept(
          "nothing changed: the packages of the last run stay (--fresh makes new ones)");
    } else {
      seals.breakAll();
      train(commands);
      Path drafts = Files.createDirectories(plan.out().resolve("drafts"));
      forBoth(function -> FunctionZip.write(folder(function), zipIn(drafts, function)));
      prove(drafts, commands);
      // not before: whatever ends this early, no zip that never started is there to be deployed
      forBoth(function -> Files.move(
          zipIn(drafts, function),
          zipOf(function),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING));
      remove(drafts);
      seals.put(digests);
    }
    List<FunctionPackage> packages = List.copyOf(forBoth(function -> FunctionPackage.of(
            function,
            zipOf(function),
            command(commands, function).archive(),
            Objects.requireNonNull(digests.get(function)),
            isKept))
        .values());
    packages.forEach(FunctionPackage::checkSize);
    return packages;
  }

  private Path zipOf(ProductFunction function) {
    return zipIn(plan.out(), function);
  }

  private static Path zipIn(Path folder, ProductFunction function) {
    return folder.resolve(function.id() + ".zip");
  }

  /** A step that is done for one function. */
  private interface Step<T> {
    T of(ProductFunction function) throws IOException;
  }

  /** Both at the same time: nearly all of it is work of other processes. */
  private static <T> Map<ProductFunction, T> forBoth(Step<T> step) throws IOException {
    Map<ProductFunction, FutureTask<T>> tasks = new EnumMap<>(ProductFunction.class);
    for (ProductFunction function : ProductFunction.values()) {
      FutureTask<T> task = new FutureTask<>(() -> step.of(function));
      tasks.put(function, task);
      new Thread(task, "pack-" + function.id()).start();
    }
    Map<ProductFunction, T> results = new EnumMap<>(ProductFunction.class);
    for (Map.Entry<ProductFunction, FutureTask<T>> each : tasks.entrySet()) {
      results.put(each.getKey(), result(each.getValue()));
    }
    return results;
  }

  private static <T> T result(FutureTask<T> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException io) {
        throw io;
      }
      if (failed.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new PackException("interrupted", stopped);
    }
  }

  private static StartCommand command(
      Map<ProductFunction, StartCommand> commands, ProductFunction function) {
    return Objects.requireNonNull(commands.get(function));
  }

  private Path folder(ProductFunction function) {
    return plan.out().resolve(function.id());
  }

  /** Everything but the archive. */
  private StartCommand gather(ProductFunction function) throws IOException {
    Path folder = folder(function);
    remove(folder);
    Files.createDirectories(folder);
    List<String> modules = JavaImage.modules(function, plan.isFc2(), jdk);
    progress.accept(function.id() + ": linking a Java of " + String.join(", ", modules));
    new JavaImage(jdk).link(modules, folder.resolve("jre"));
    GlibcVersion glibc = new Suitability(plan.runtime()).check(folder.resolve("jre"));
    progress.accept(function.id() + ": needs glibc " + glibc + ", the runtime has "
        + plan.runtime().glibc());
    List<String> jars =
        new Libraries(plan.root()).copy(function, plan.isFc2(), folder.resolve("lib"));
    configure(function, folder);
    StartCommand command = new StartCommand(function, jdk, jars);
    for (String jar : jars) {
      Files.setLastModifiedTime(folder.resolve("lib").resolve(jar), command.jarTime());
    }
    Path bootstrap = folder.resolve("bootstrap");
    Files.writeString(bootstrap, command.bootstrap());
    Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    return command;
  }

  /** It is removed with all it holds: only what an earlier run began is. */
  private static void refuseAnothers(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean isOurs = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    if (isOurs) {
      try (Stream<Path> inside = Files.list(folder)) {
        isOurs = inside.allMatch(each -> OURS.contains(each.getFileName().toString()));
      }
    }
    if (!isOurs) {
      throw new PackException(
          folder
              + " is there, and holds more than an earlier run left; name another folder with --out, or move it away");
    }
  }

  private void configure(ProductFunction function, Path folder) throws IOException {
    if (function == ProductFunction.FRONT) {
      ConfigurationFile.compile(plan.configuration(), folder.resolve("rights.json"));
      LayeredCatalog catalog = new LayeredCatalog(List.of(
          new DirectoryCatalog(List.of(plan.root().resolve("templates"))), new BundledCatalog()));
      Files.write(folder.resolve("forms.txt"), FormCompiler.compile(catalog).file());
      return;
    }
    Files.copy(plan.configuration(), folder.resolve("chatops.yaml"));
    Path templates = plan.root().resolve("templates").toRealPath();
    for (Path file : FunctionZip.files(templates)) {
      Path to = folder.resolve("templates").resolve(templates.relativize(file));
      Files.createDirectories(to.resolveSibling(""));
      Files.copy(file, to);
    }
  }

  private void train(Map<ProductFunction, StartCommand> commands) throws IOException {
    progress.accept("training both on the main path against a simulated cloud");
    Path scratch = Files.createTempDirectory("chatops-training-");
    try (PrintStream log = log();
        TlsTerminator tls = new TlsTerminator(jdk, scratch)) {
      new Training(new Trained(commands, scratch, tls, log), plan.root().resolve("templates"))
          .run();
      forBoth(function -> {
        progress.accept(function.id() + ": archiving what was loaded");
        return Tool.run(
            folder(function), command(commands, function).archiving(record(scratch, function)));
      });
    } finally {
      remove(scratch);
    }
  }

  private static Path record(Path scratch, ProductFunction function) {
    return scratch.resolve(function.id() + ".record");
  }

  /** What the functions print meanwhile, for whoever looks into a failure. */
  private PrintStream log() throws IOException {
    OutputStream file = Files.newOutputStream(
        plan.out().resolve("training.log"),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
    return new PrintStream(file, true, StandardCharsets.UTF_8);
  }

  /** The functions while they are trained: in their folders, the cloud behind TLS as it is in truth. */
  private final class Trained implements Hosting {
    private final Map<ProductFunction, StartCommand> commands;
    private final Path scratch;
    private final TlsTerminator tls;
    private final PrintStream log;

    Trained(
        Map<ProductFunction, StartCommand> commands,
        Path scratch,
        TlsTerminator tls,
        PrintStream log) {
      this.commands = commands;
      this.scratch = scratch;
      this.tls = tls;
      this.log = log;
    }

    @Override
    public Instance start(
        ProductFunction function, Map<String, String> environment, RightsSource rights)
        throws IOException {
      return FunctionProcess.start(
          function.id(),
          command(commands, function).training(record(scratch, function), tls.trustOptions()),
          folder(function),
          new TlsEndpoints(tls).of(environment),
          log);
    }
  }

  private void prove(Path zips, Map<ProductFunction, StartCommand> commands) throws IOException {
    Path elsewhere = Files.createTempDirectory("chatops-unpacked-");
    try (PrintStream log = log()) {
      UnpackedFunctions.unpack(zips, elsewhere);
      progress.accept(
          "starting the unpacked packages elsewhere, with nothing but their archives allowed");
      new Training(
              new UnpackedFunctions(elsewhere, log).withJavaOptions(strict(commands)),
              plan.root().resolve("templates"))
          .run();
    } finally {
      remove(elsewhere);
    }
  }

  private static List<String> strict(Map<ProductFunction, StartCommand> commands) {
    return command(commands, ProductFunction.FRONT).strict();
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(folder)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : inside) {
      Files.delete(each);
    }
  }
}
