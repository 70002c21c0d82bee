package chatops.local.host;

import chatops.chat.Language;
import chatops.execution.config.ConfigurationFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The configuration of the one-machine host, compiled as a deployment compiles its own.
 *
 * @param yaml what Execution reads
 * @param rights the flat form Front reads
 */
record HostConfiguration(Path yaml, Path rights) {

  static HostConfiguration write(DataDirectory directory, Language language) throws IOException {
    try (InputStream bytes = HostConfiguration.class.getResourceAsStream("chatops.yaml")) {
      if (bytes == null)
        throw new IllegalStateException("the configuration of the host is missing");
      String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      String code = language.name().toLowerCase(Locale.ROOT);
      Path yaml =
          directory.write("chatops.yaml", text.replace("language: LANGUAGE", "language: " + code));
      Path rights = directory.write("rights.json", "");
      ConfigurationFile.compile(yaml, rights);
      return new HostConfiguration(yaml, rights);
    }
  }
}
