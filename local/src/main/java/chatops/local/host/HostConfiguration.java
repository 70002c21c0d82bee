package chatops.local.host;

import chatops.chat.Language;
import chatops.chat.rights.FileSource;
import chatops.chat.rights.RightsSource;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.execution.config.ConfigurationFile;
import chatops.execution.config.ConfigurationFileException;
import chatops.execution.config.YamlForm;
import chatops.execution.form.FormCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * The configuration of the one-machine host, compiled as a deployment compiles its own. What is in the directory already stays:
 * it is its owner's to change, also while the host runs.
 *
 * @param yaml what Execution reads
 * @param rights the flat form Front reads
 * @param forms what templates ask for, which Front reads, too
 */
record HostConfiguration(Path yaml, Path rights, Path forms) {

  /** What Front follows: the file a person edits, which Execution follows too. */
  RightsSource source(InstantSource clock) {
    return new FileSource(yaml, new YamlForm(yaml.toString()), clock, true);
  }

  static HostConfiguration write(DataDirectory directory, Language language, Path templates)
      throws IOException {
    try (InputStream bytes = HostConfiguration.class.getResourceAsStream("chatops.yaml")) {
      if (bytes == null)
        throw new IllegalStateException("the configuration of the host is missing");
      String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      String code = language.name().toLowerCase(Locale.ROOT);
      Path yaml = directory.read("chatops.yaml") == null
          ? directory.write("chatops.yaml", text.replace("language: LANGUAGE", "language: " + code))
          : directory.path().resolve("chatops.yaml");
      Path rights = directory.write("rights.json", "");
      try {
        ConfigurationFile.compile(yaml, rights);
      } catch (ConfigurationFileException e) {
        throw new HostException(String.valueOf(e.getMessage()), e);
      }
      byte[] forms = FormCompiler.compile(new LayeredCatalog(
              List.of(new DirectoryCatalog(List.of(templates)), new BundledCatalog())))
          .file();
      return new HostConfiguration(
          yaml, rights, directory.write("forms.txt", new String(forms, StandardCharsets.UTF_8)));
    }
  }
}
