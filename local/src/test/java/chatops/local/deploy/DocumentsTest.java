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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
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
  private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z][a-z-]+)(?: |$)");
  private static final Pattern OPTION = Pattern.compile("(?m)^ {2,6}(?:-\\w, )?(--[a-z0-9-]+)");
  private static final Pattern NAMED_OPTION = Pattern.compile("`(--[a-z0-9-]+)`");
  private static final Pattern ANY_OPTION = Pattern.compile("(?<![\\w-])(--[a-z][a-z0-9-]*)");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `\\./chatops ([a-z][a-z -]*)` \\|([^|]*)\\|");
  private static final Pattern CALL =
      Pattern.compile("(?<![\\w/.-])\\./chatops ([a-z][a-z-]*)([^`\\n;&]*)");
  private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");
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

  private static String help(String... words) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    String[] line = Arrays.copyOf(words, words.length + 1);
    line[words.length] = "--help";
    Chatops.run(line, Map.of(), out, out);
    return said.toString(StandardCharsets.UTF_8);
  }

  /** The names of the commands below one, which is given by its help. */
  private static Set<String> below(String help) {
    int start = help.indexOf("\nCommands:\n");
    return start < 0 ? Set.of() : all(LISTED, help.substring(start));
  }

  /** Every command of the program, {@code config check} and not {@code config}, with its options. */
  private static Map<String, Set<String>> options() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (String command : below(help())) {
      Set<String> more = below(help(command));
      if (more.isEmpty()) {
        found.put(command, all(OPTION, help(command)));
      }
      more.forEach(each -> found.put(command + " " + each, all(OPTION, help(command, each))));
    }
    found.values().forEach(options -> options.removeAll(List.of("--help", "--version")));
    return found;
  }

  @Test
  void the_reference_of_the_command_line_has_every_command_with_just_its_options()
      throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    ROW.matcher(text("docs/command-line.md"))
        .results()
        .forEach(row -> documented.put(row.group(1), all(NAMED_OPTION, row.group(2))));
    // the script's own
    for (String own : List.of("test", "build", "deploy")) {
      assertThat(documented).containsKey(own);
      documented.remove(own);
    }

    assertThat(options()).hasSizeGreaterThan(20);
    assertThat(documented).isEqualTo(options());
  }

  @Test
  void options_beside_a_command_in_any_document_are_its_own() throws IOException {
    Map<String, Set<String>> known = options();
    for (Path document : documents()) {
      for (MatchResult call : CALL.matcher(Files.readString(document)).results().toList()) {
        String command = call.group(1);
        Set<String> own = known.entrySet().stream()
            .filter(
                each -> each.getKey().equals(command) || each.getKey().startsWith(command + " "))
            .flatMap(each -> each.getValue().stream())
            .collect(Collectors.toCollection(TreeSet::new));
        // the chat's commands have options of their own, the script's are told by the script
        if (known.keySet().stream().anyMatch(each -> (each + " ").startsWith(command + " "))
            && !command.equals("oos")) {
          own.addAll(List.of("--help", "--version"));
          assertThat(own)
              .as("%s: %s", document.getFileName(), call.group())
              .containsAll(all(ANY_OPTION, call.group(2)));
        }
      }
    }
  }

  @Test
  void each_twin_in_chinese_has_the_shape_the_commands_and_the_names_of_its_page()
      throws IOException {
    List<Path> twins = documents().stream()
        .filter(file -> file.toString().endsWith(".zh-CN.md") && !file.endsWith("README.zh-CN.md"))
        .toList();
    assertThat(twins).hasSizeGreaterThanOrEqualTo(3);
    for (Path twin : twins) {
      String chinese = Files.readString(twin);
      String english = Files.readString(
          twin.resolveSibling(twin.getFileName().toString().replace(".zh-CN", "")));
      for (String line : List.of("(?m)^(#+ )", "(?m)^(\\|)", "(?m)^(\\d+\\.) ", "(?m)^ *(```)")) {
        assertThat(Pattern.compile(line).matcher(chinese).results().count())
            .as("%s: %s", twin.getFileName(), line)
            .isEqualTo(Pattern.compile(line).matcher(english).results().count());
      }
      // the one difference there may be: the language that a command is told
      assertThat(all(QUOTED, chinese.replace(" --lang zh", "")))
          .as(twin.getFileName().toString())
          .isEqualTo(all(QUOTED, english));
    }
  }
}
