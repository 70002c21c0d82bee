package chatops.local.cli;

import chatops.chat.fc.FunctionClient;
import chatops.engine.EngineException;
import chatops.engine.extension.Extensions;
import chatops.engine.extension.InstalledExtension;
import chatops.engine.extension.InstalledExtensions;
import chatops.engine.extension.PackageReader;
import chatops.engine.store.ExecutionStore;
import chatops.local.extension.BuiltPackage;
import chatops.local.extension.BuiltPackage.BuildException;
import chatops.local.extension.OssUpload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Extensions from their author's side: checks and builds packages, and keeps them with their versions in the store. */
@Command(
    name = "extension",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Checks, builds and publishes packages of extensions, which /ecs install puts on instances; docs/extensions.md tells the format.",
      "create and update upload the files that a package names by Path, with ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET",
      "and, for a session, ALIBABA_CLOUD_SECURITY_TOKEN. CHATOPS_ENDPOINTS (oss=http://host:port) replaces the endpoint."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  done, or nothing is wrong",
      "  1  something is wrong; the message tells where",
      "  2  the command line is wrong"
    })
final class ExtensionCommand {
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final InstantSource clock = InstantSource.system();

  ExtensionCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Finds what is wrong with packages, by file, line and column.")
  int check(@Parameters(paramLabel = "PACKAGE", arity = "1..*") List<Path> files) {
    int wrong = 0;
    try {
      for (Path file : files) {
        PackageReader.Read read = PackageReader.read(BuiltPackage.text(file));
        if (!read.findings().isEmpty()) {
          out.println(BuiltPackage.lines(file, read.findings()));
        }
        wrong += read.extension() == null ? 1 : 0;
      }
    } catch (BuildException unreadable) {
      throw new CommandFailure(String.valueOf(unreadable.getMessage()));
    }
    out.println("extension: " + files.size() + " packages, " + wrong + " wrong");
    return wrong == 0 ? 0 : Chatops.WRONG;
  }

  @Command(
      name = "build",
      mixinStandardHelpOptions = true,
      description =
          "Writes a package as create publishes it: with the hash of each file in place of its Path.")
  int build(
      @Parameters(paramLabel = "PACKAGE") Path file,
      @Mixin FilesChoice files,
      @Option(
              names = {"-o", "--out"},
              paramLabel = "FILE",
              description = "Where to write it. Default: standard output.")
          @Nullable
          Path to)
      throws IOException {
    BuiltPackage built = built(file, files);
    if (to == null) {
      out.print(built.text());
    } else {
      Files.writeString(to, built.text(), StandardCharsets.UTF_8);
    }
    return 0;
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Uploads a package's files and keeps it as V1 of a new extension.")
  int create(
      @Parameters(paramLabel = "PACKAGE") Path file,
      @Mixin FilesChoice files,
      @Mixin StoreChoice store)
      throws IOException, InterruptedException {
    return publish(file, files, store, false);
  }

  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      description =
          "Uploads a package's files and keeps it as the next version. Versions never change.")
  int update(
      @Parameters(paramLabel = "PACKAGE") Path file,
      @Mixin FilesChoice files,
      @Mixin StoreChoice store)
      throws IOException, InterruptedException {
    return publish(file, files, store, true);
  }

  private int publish(Path file, FilesChoice files, StoreChoice store, boolean isUpdate)
      throws IOException, InterruptedException {
    BuiltPackage built = built(file, files);
    String by = System.getProperty("user.name", "");
    try (ExecutionStore opened = store.open(environment)) {
      Extensions extensions = new Extensions(opened.shared());
      String name = built.extension().name();
      if (extensions.find(name).isPresent() != isUpdate) {
        throw new CommandFailure(
            isUpdate
                ? "no extension is called " + name + "; create makes it"
                : "extension " + name + " is there already; update makes its next version");
      }
      upload(built);
      Extensions.Version version = isUpdate
          ? extensions.update(built.text(), by, clock.instant())
          : extensions.create(built.text(), by, clock.instant());
      out.println(name + " " + version.name() + " " + version.hash());
      return 0;
    } catch (EngineException refused) {
      throw new CommandFailure(String.valueOf(refused.getMessage()));
    }
  }

  private void upload(BuiltPackage built) throws InterruptedException {
    if (built.uploads().isEmpty()) {
      return;
    }
    OssUpload oss = new OssUpload(
        new FunctionClient.Key(
            required("ALIBABA_CLOUD_ACCESS_KEY_ID"),
            required("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
            environment.getOrDefault("ALIBABA_CLOUD_SECURITY_TOKEN", "")),
        endpoint(),
        clock);
    for (BuiltPackage.Upload upload : built.uploads()) {
      err.println("uploading " + upload.file() + " as oss://" + upload.target().bucketName() + "/"
          + upload.target().objectName());
      try {
        oss.put(upload);
      } catch (IOException refused) {
        throw new CommandFailure(String.valueOf(refused.getMessage()));
      }
    }
  }

  private String required(String name) {
    String value = environment.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      throw new CommandFailure(
          name + " is not set; the package's files are uploaded with the keys of the environment");
    }
    return value;
  }

  private String endpoint() {
    for (String pair : environment.getOrDefault("CHATOPS_ENDPOINTS", "").split(",", -1)) {
      if (pair.strip().startsWith("oss=")) {
        return pair.strip().substring("oss=".length());
      }
    }
    return "";
  }

  private static BuiltPackage built(Path file, FilesChoice files) {
    try {
      return BuiltPackage.of(file, files.folder(file));
    } catch (BuildException wrong) {
      throw new CommandFailure(String.valueOf(wrong.getMessage()));
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists all extensions with their latest versions.")
  int list(@Mixin StoreChoice store) {
    return with(store, opened -> {
      for (Extensions.Entry entry : new Extensions(opened.shared()).all()) {
        out.println(String.join(
            "\t", entry.name(), entry.latest().name(), entry.type(), entry.description()));
      }
      return 0;
    });
  }

  @Command(
      name = "versions",
      mixinStandardHelpOptions = true,
      description = "Lists the versions of an extension, oldest first: name, time, who, hash.")
  int versions(@Parameters(paramLabel = "EXTENSION") String name, @Mixin StoreChoice store) {
    return with(store, opened -> {
      for (Extensions.Version version :
          new Extensions(opened.shared()).entry(name).versions()) {
        out.println(String.join(
            "\t", version.name(), version.at().toString(), version.by(), version.hash()));
      }
      return 0;
    });
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the package of a version as it was published.")
  int show(
      @Parameters(index = "0", paramLabel = "EXTENSION") String name,
      @Parameters(
              index = "1",
              arity = "0..1",
              paramLabel = "VERSION",
              defaultValue = "",
              description = "V1, V2 … Default: the latest.")
          String version,
      @Mixin StoreChoice store) {
    return with(store, opened -> {
      out.print(new Extensions(opened.shared()).version(name, version).text());
      return 0;
    });
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = {
        "Removes an extension with all its versions. Refused while instances have it: nothing could take it away there any more.",
        "Its files stay in OSS."
      })
  int delete(@Parameters(paramLabel = "EXTENSION") String name, @Mixin StoreChoice store) {
    return with(store, opened -> {
      List<InstalledExtension> there = new InstalledExtensions(opened.shared()).of(name);
      if (!there.isEmpty()) {
        throw new CommandFailure(there.size() + " instances have " + name + ", such as "
            + there.get(0).instanceId() + "; uninstall it there first");
      }
      new Extensions(opened.shared()).delete(name);
      out.println(name + " is deleted");
      return 0;
    });
  }

  private int with(StoreChoice store, Function<ExecutionStore, Integer> use) {
    try (ExecutionStore opened = store.open(environment)) {
      return use.apply(opened);
    } catch (EngineException failed) {
      throw new CommandFailure(String.valueOf(failed.getMessage()));
    }
  }

  /** Where the files of a package are. */
  static final class FilesChoice {
    @Option(
        names = "--files",
        paramLabel = "DIR",
        description = "Folder in which the Path of a file begins. Default: the package's own.")
    private @Nullable Path folder;

    Path folder(Path file) {
      Path own = file.toAbsolutePath().getParent();
      return folder != null ? folder : own == null ? Path.of("") : own;
    }
  }
}
