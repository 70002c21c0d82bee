package chatops.local.extension;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.extension.PackageReader;
import chatops.engine.template.PlainDocument;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use says what the reader says, as far as a schema can. */
class PackageSchemaTest {
  private static final Path ROOT = Path.of(System.getProperty("chatops.root"));

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(ROOT.resolve("docs/chatops-package-1.schema.json")));
  }

  private static String example() throws IOException {
    return Files.readString(ROOT.resolve("extensions/demo-service/V1.yml"));
  }

  private static void bothSay(boolean isRight, String text) throws IOException {
    assertThat(PackageReader.read(text).extension() != null).as("reader").isEqualTo(isRight);
    assertThat(schema().validate(PlainDocument.read(text).root()).isEmpty())
        .as("schema: %s", schema().validate(PlainDocument.read(text).root()))
        .isEqualTo(isRight);
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1.yml", "V2.yml"})
  void the_shipped_example_is_right(String file) throws IOException {
    bothSay(true, Files.readString(ROOT.resolve("extensions/demo-service").resolve(file)));
  }

  @Test
  void the_example_of_the_document_is_right() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/extensions.md"));
    int start = document.indexOf("FormatVersion: CHATOPS-PACKAGE-1");

    bothSay(true, document.substring(start, document.indexOf("```", start)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Type: Application | Type: Thing
      Name: demo-service | Name: acs-service
      Name: demo-service | Names: demo-service
      Type: Number, | Type: Integer,
      port: { | 1port: {
      OSType: linux | OSType: plan9
      BucketName: chatops | BucketName: Chatops
      RegionId: cn-hangzhou | RegionId: hangzhou
      ObjectName: demo-service/V1/ | ObjectName: /V1/
      , Path: demo-service-x86_64.jar | ''
      OSPlatforms: [alinux | OSPlatforms: [8
      UninstallScript: &uninstall | Uninstall: &uninstall
      """)
  void what_the_reader_refuses_the_schema_refuses(String from, String to) throws IOException {
    assertThat(example()).contains(from);

    bothSay(false, example().replace(from, to));
  }
}
