package chatops.execution.config;

import chatops.chat.rights.Configuration;
import chatops.chat.rights.FileSource;
import java.nio.charset.StandardCharsets;

/** {@code chatops.yaml} as it is written, or its flat form, which is YAML too. @param name how messages call it */
public record YamlForm(String name) implements FileSource.Form {
  @Override
  public Configuration read(byte[] bytes) {
    return ConfigurationFile.read(name, new String(bytes, StandardCharsets.UTF_8));
  }
}
