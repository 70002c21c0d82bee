package chatops.local.cli;

import chatops.chat.Language;
import chatops.local.manifest.SlackManifest;
import chatops.local.text.Texts;
import java.io.PrintStream;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what Slack must know of the app. */
@Command(
    name = "slack-manifest",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Prints the app manifest for Slack: commands, buttons and modals, shortcuts, scopes. Paste it at api.slack.com/apps,",
      "\"Create New App\", \"From a manifest\"; or open what --link prints."
    },
    footerHeading = "%nExit status:%n",
    footer = {"  0  printed", "  2  the command line is wrong"})
final class SlackManifestCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 35;

  private final PrintStream out;

  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      description = "Where Slack reaches Front: the value of CHATOPS_URL.")
  private URI url = URI.create("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "ChatOps",
      description = "What the app is called. Default: ${DEFAULT-VALUE}")
  private String name = "";

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      defaultValue = "en",
      description =
          "Language of descriptions and shortcuts: en, zh or ja. Slack keeps one for everybody; answers are in each"
              + " person's. Default: ${DEFAULT-VALUE}")
  private Language language = Language.EN;

  @Option(names = "--link", description = "Prints a link that opens Slack's page with it.")
  private boolean link;

  @Mixin
  private Usage usage = new Usage();

  SlackManifestCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    usage.require(
        !name.isBlank() && name.length() <= LONGEST_NAME,
        "--name: expected 1 to " + LONGEST_NAME + " characters");
    SlackManifest manifest;
    try {
      manifest = new SlackManifest(url, name.strip(), Texts.in(language));
    } catch (IllegalArgumentException e) {
      throw usage.wrong("--url " + e.getMessage());
    }
    out.println(link ? manifest.link() : manifest.toString());
    return 0;
  }
}
