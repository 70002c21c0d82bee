package chatops.engine.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.expression.ExpressionException;
import chatops.engine.template.Finding;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageReaderTest {
  static final String WHOLE = """
      FormatVersion: CHATOPS-PACKAGE-1
      Name: demo-agent
      Type: Agent
      Description: watches
      Constraints: {InstanceTypeFamilies: [ecs.g*], ImageTypes: [system], OSPlatforms: [Ubuntu], OSVersions: []}
      Parameters:
        port: {Type: Number, Default: 8080, Description: listens on}
        mode: {Type: String, Pattern: "m*"}
        debug: {Type: Boolean, Default: false}
      Packages:
        - Match: {OSType: linux, Platform: [ubuntu], PlatformVersion: ["22.*"], Architecture: [amd64]}
          File: {Source: oss, BucketName: pkgs, RegionId: cn-hangzhou, ObjectName: demo/1/demo.tgz, Sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
          InstallScript: ./setup "$port"
          UninstallScript: ./remove
          OutputScript: ./show
          Timeout: 60
        - Match: {OSType: linux, Architecture: [arm64]}
          InstallScript: arm
          UninstallScript: no-arm
      """;

  private static HostFacts host(String platform, String version, String architecture) {
    return new HostFacts("linux", platform, version, HostFacts.architecture(architecture));
  }

  @Test
  void a_whole_package_is_read() {
    PackageReader.Read read = PackageReader.read(WHOLE);

    assertThat(read.findings()).isEmpty();
    ExtensionPackage extension = PackageReader.parse("demo-agent", WHOLE);
    assertThat(extension.type()).isEqualTo(ExtensionPackage.Kind.AGENT);
    assertThat(extension.parameters().get("port"))
        .isEqualTo(
            new PackageParameter(PackageParameter.Type.NUMBER, "listens on", "", "8080", false));
    assertThat(extension.variants().get(0).timeout()).isEqualTo(60);
    assertThat(extension.variants().get(1).timeout()).isEqualTo(1800);
  }

  @Test
  void the_first_variant_whose_facts_all_fit_is_taken_and_none_is_taken_otherwise() {
    ExtensionPackage extension = PackageReader.parse("demo-agent", WHOLE);

    assertThat(extension.variant(host("Ubuntu", "22.04", "x86_64")).install()).contains("setup");
    assertThat(extension.variant(host("anything", "1", "aarch64")).install()).isEqualTo("arm");
    assertThatThrownBy(() -> extension.variant(host("ubuntu", "20.04", "x64")))
        .isInstanceOfSatisfying(
            ExtensionException.class, e -> assertThat(e.code()).isEqualTo("PackageNotMatched"))
        .hasMessageContaining("Platform 'ubuntu', PlatformVersion '20.04', Architecture 'x86_64'");
    assertThatThrownBy(() -> extension.variant(HostFacts.of(TextNode.valueOf("no facts"))))
        .isInstanceOf(ExtensionException.class);
  }

  @Test
  void the_function_of_the_language_finds_it_by_the_facts_an_instance_printed() {
    PackageMatching matching = new PackageMatching();
    TextNode content = TextNode.valueOf(WHOLE);

    assertThat(matching
            .find(
                content,
                TextNode.valueOf(
                    "{\"osType\":\"linux\",\"platform\":\"ubuntu\",\"platformVersion\":\"22.04\",\"architecture\":\"x86_64\"}\n"))
            .orElseThrow()
            .toString())
        .contains("\"BucketName\":\"pkgs\"", "\"ObjectName\":\"demo/1/demo.tgz\"", "./show");
    assertThatThrownBy(() -> matching.find(content, TextNode.valueOf("{}")))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("PackageNotMatched");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      CHATOPS-PACKAGE-1 | CHATOPS-PACKAGE-2 | 1 | format-version
      Name: demo-agent | Name: ACS-agent | 2 | wrong-value
      Name: demo-agent | Nam: demo-agent | 2 | unknown-key
      Type: Agent | Type: Plugin | 3 | wrong-value
      Default: 8080 | Default: many | 7 | invalid-default
      port: { | PATH: { | 7 | invalid-name
      port: { | chatops_url: { | 7 | invalid-name
      "22.*" | 22.04 | 11 | wrong-type
      OSType: linux, Platform | OSType: beos, Platform | 11 | wrong-value
      ./setup "$port" | ./setup {{ port }} | 13 | wrong-value
      demo/1/demo.tgz | demo/1/$(id).tgz | 12 | wrong-value
      , Sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | `` | 12 | missing-key
      Timeout: 60 | Timeout: 1 | 16 | wrong-value
      UninstallScript: ./remove | Uninstall: ./remove | 14 | unknown-key
      RegionId: cn-hangzhou | RegionId: here | 12 | wrong-value
      """)
  void what_is_wrong_is_found_at_its_place(String from, String to, int line, String code) {
    String text = WHOLE.replace(from, to);
    List<Finding> findings = PackageReader.read(text).findings();

    assertThat(text).isNotEqualTo(WHOLE);
    assertThat(PackageReader.read(text).extension()).isNull();
    assertThat(findings)
        .anyMatch(found -> found.code().equals(code) && found.position().line() == line);
  }

  @Test
  void nothing_is_a_package_that_is_none() {
    for (String text : List.of("", "[]", "a: b", "{", "\u0000", "x".repeat(70_000))) {
      assertThat(PackageReader.read(text).extension()).as(text).isNull();
      assertThat(PackageReader.read(text).findings()).isNotEmpty();
    }
  }

  private static boolean accepts(String name, String value) {
    PackageParameter parameter =
        PackageReader.parse("demo-agent", WHOLE).parameters().get(name);
    return parameter != null && parameter.accepts(value);
  }

  @Test
  void values_are_what_their_type_says() {
    assertThat(List.of("1", "-2.5", "1e3")).allMatch(value -> accepts("port", value));
    assertThat(List.of("", "1;id", "0x1", "1 2", "1e99999"))
        .noneMatch(value -> accepts("port", value));
    assertThat(accepts("mode", "mine")).isTrue();
    assertThat(accepts("mode", "yours")).isFalse();
    assertThat(accepts("debug", "true")).isTrue();
    assertThat(accepts("debug", "yes")).isFalse();
  }
}
