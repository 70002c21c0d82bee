package chatops.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import chatops.chat.command.Verbs;
import chatops.execution.config.ConfigurationFile;
import chatops.local.cli.Chatops;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say is so: the configuration reads, links lead somewhere, variables and folders are there. */
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");
  private static final Pattern COMMAND = Pattern.compile("(?<![\\w/.-])\\./chatops ([a-z][a-z-]*)");
  private static final Pattern READ = Pattern.compile(
      "\"((?:CHATOPS|SLACK|DINGTALK|EXECUTION|FC|ALIBABA_CLOUD|FUNCTION_COMPUTE|INVOKE)_[A-Z0-9_]+)\"");
  private static final Pattern RENDERED = Pattern.compile("env\\('([A-Z0-9_]+)'");
  private static final Pattern CODE = Pattern.compile("`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern FOLDER = Pattern.compile("`([a-z0-9-]+/(?:[a-z]+/)?)`");
  /** Read by the script and by tests only. */
  private static final Set<String> BUILDING =
      Set.of("JAVA_HOME", "CHATOPS_CORPUS", "CHATOPS_FC3_SCHEMA", "SERVERLESS_ACCESS");

  private static Path root() {
    return Deployment.root();
  }

  private static String text(String file) throws IOException {
    return Files.readString(root().resolve(file));
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found;
  }

  private static List<String> modules() throws IOException {
    return List.copyOf(all(MODULE, text("pom.xml")));
  }

  @Test
  void the_shipped_configuration_is_sound() {
    assertThatCode(() -> ConfigurationFile.read(root().resolve("chatops.yaml")))
        .doesNotThrowAnyException();
  }

  @Test
  void every_link_leads_to_a_file() throws IOException {
    List<Path> documents = documents();

    assertThat(documents).hasSizeGreaterThanOrEqualTo(4);
    assertThat(all(LINK, text("README.md"))).isNotEmpty();
    for (Path document : documents) {
      assertThat(all(LINK, Files.readString(document)))
          .as(document.getFileName().toString())
          .allMatch(link -> Files.exists(document.resolveSibling(link)));
    }
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : List.of("", "docs", "deploy", "benchmarks")) {
      try (Stream<Path> files = Files.list(root().resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    return documents;
  }

  @Test
  void every_command_of_the_chat_is_in_the_reference() throws IOException {
    String reference = text("docs/commands.md");
    for (Verbs.Verb verb : Verbs.ALL) {
      assertThat(reference).contains("| `/" + verb.command() + "` |");
      if (!verb.example().isEmpty()) {
        assertThat(reference)
            .contains("`/" + verb.command() + " " + verb.example().replace("|", "\\|") + "`");
      }
    }
  }

  @Test
  void every_command_that_is_named_exists() throws IOException {
    ByteArrayOutputStream help = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(help, true, StandardCharsets.UTF_8);
    Chatops.run(new String[] {"--help"}, Map.of(), out, out);
    Set<String> known =
        all(Pattern.compile("(?m)^  ([a-z][a-z-]+) "), help.toString(StandardCharsets.UTF_8));
    known.addAll(all(Pattern.compile("(?m)^  (test|build|help|deploy)\\)"), text("chatops")));
    known.addAll(
        all(Pattern.compile("(?m)^  ([a-z]+) +(?:\\[--|builds|this|looks)"), text("chatops")));

    assertThat(known).contains("demo", "lint", "package", "test", "build");
    for (Path document : documents()) {
      assertThat(known)
          .as(document.getFileName().toString())
          .containsAll(all(COMMAND, Files.readString(document)));
    }
  }

  @Test
  void every_variable_that_is_read_is_documented_and_the_reverse() throws IOException {
    Set<String> read = EnvironmentRules.named(READ, modules());
    read.addAll(all(RENDERED, text("s.yaml")));
    read.addAll(BUILDING);

    assertThat(all(CODE, text("docs/environment.md"))).isEqualTo(read);
  }

  @Test
  void variables_and_files_of_the_readme_are_there() throws IOException {
    Set<String> known = new TreeSet<>(all(CODE, text("docs/environment.md")));
    known.addAll(List.of("SLACK_CHANNEL", "ECS_CMD_CODE")); // the classic sample's
    for (String readme : List.of("README.md", "README.zh-CN.md")) {
      assertThat(known).as(readme).containsAll(all(CODE, text(readme)));
      assertThat(all(FOLDER, text(readme)))
          .as(readme)
          .containsAll(modules().stream().map(module -> module + "/").toList())
          .allMatch(folder -> Files.isDirectory(root().resolve(folder)));
    }
  }

  @Test
  void both_readmes_have_the_same_shape() throws IOException {
    String english = text("README.md");
    String chinese = text("README.zh-CN.md");

    for (String line : List.of("(?m)^(## )", "(?m)^(\\|)", "(?m)^(\\*\\*)", "(?m)^(\\d\\.)")) {
      assertThat(Pattern.compile(line).matcher(chinese).results().count())
          .as(line)
          .isEqualTo(Pattern.compile(line).matcher(english).results().count());
    }
    assertThat(all(CODE, chinese)).isEqualTo(all(CODE, english));
    Set<String> links = all(LINK, english);
    links.remove("README.zh-CN.md");
    links.add("README.md");
    // where a page has a twin, each readme leads to its own
    Set<String> own = links.stream()
        .map(link -> {
          String twin = link.replaceFirst("\\.md$", ".zh-CN.md");
          return !link.equals("README.md") && Files.exists(root().resolve(twin)) ? twin : link;
        })
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(all(LINK, chinese)).isEqualTo(own);
  }
}
