package chatops.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Declared is read, and read is declared; what is secret comes from the deployer's own environment. */
final class EnvironmentRules {
  private static final Pattern NAME =
      Pattern.compile("\"((?:CHATOPS|SLACK|DINGTALK|EXECUTION|FC|OTS)_[A-Z0-9_]+)\"");
  private static final Pattern SECRET = Pattern.compile("SECRET|TOKEN|KEY");
  private static final Map<String, List<String>> MODULES = Map.of(
      "front", List.of("front-fc", "chat-core", "fc2-client", "fc-runtime"),
      "execution", List.of("execution-fc", "engine-core", "chat-core", "fc2-client", "fc-runtime"));
  /** Read, but not ours to declare: the platform sets {@code FC_*}; the others are for one machine only. */
  private static final Set<String> NOT_HERE = Set.of("CHATOPS_LISTEN", "CHATOPS_OUTBOUND_LOOPBACK");

  private EnvironmentRules() {}

  static List<String> violations(Deployment deployment) {
    List<String> found = new ArrayList<>();
    for (String function : DeploymentRules.functions()) {
      Set<String> read = read(function);
      JsonNode declared = deployment.props(function).path("environmentVariables");
      for (String name : read) {
        if (!declared.has(name)) {
          found.add(function + ": " + name + " is read by the code and not declared");
        }
      }
      declared.properties().forEach(variable -> {
        if (!read.contains(variable.getKey())) {
          found.add(function + ": " + variable.getKey() + " is declared and read by nobody");
        }
        if (!variable.getValue().isTextual()) {
          found.add(function + ": " + variable.getKey() + " must be text");
        }
      });
    }
    return found;
  }

  static List<String> secrets(Deployment deployment) {
    List<String> found = new ArrayList<>();
    for (String function : DeploymentRules.functions()) {
      deployment
          .writtenProps(function)
          .path("environmentVariables")
          .properties()
          .forEach(variable -> {
            String name = variable.getKey();
            String value = variable.getValue().asText();
            boolean own = value.equals("${env('" + name + "')}")
                || value.equals("${env('" + name + "', '')}");
            if (SECRET.matcher(name).find() && !own) {
              found.add(function + ": " + name + " must be ${env('" + name + "')}");
            }
          });
    }
    if (deployment.written().toString().contains("LTAI")) {
      found.add("an AccessKey id stands in the file");
    }
    return found;
  }

  private static Set<String> read(String function) {
    Set<String> names = named(NAME, MODULES.getOrDefault(function, List.of()));
    names.removeIf(name -> name.startsWith("FC_") || NOT_HERE.contains(name));
    return names;
  }

  /** What the first group of the pattern finds in the sources of the modules. */
  static Set<String> named(Pattern pattern, List<String> modules) {
    Set<String> names = new TreeSet<>();
    for (String module : modules) {
      Path sources = Deployment.root().resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          pattern
              .matcher(Files.readString(file))
              .results()
              .forEach(found -> names.add(found.group(1)));
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return names;
  }
}
