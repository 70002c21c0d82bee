package chatops.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCatalogTest {
  @TempDir
  Path directory;

  @Test
  void a_file_is_named_by_its_base_name_by_colons_in_it_or_by_its_place_under_actions()
      throws IOException {
    write("My-Template.yml", "a");
    write("product-actions/ECS/ACS::ECS::Foo.yml", "b");
    write("actions/VPC/Bar.yaml", "c");
    write("deep/more/Json-One.json", "{}");
    write("README.md", "no template");

    assertThat(catalog(directory).names())
        .containsExactlyInAnyOrder("My-Template", "ACS::ECS::Foo", "ACS::VPC::Bar", "Json-One");
  }

  @Test
  void names_match_in_any_letter_case_but_exactly_first() throws IOException {
    write("a/Stop.yml", "mixed");
    write("b/stop.yml", "small");

    TemplateCatalog catalog = catalog(directory);

    assertThat(catalog.find("stop", "")).map(TemplateCatalog.Source::text).contains("small");
    assertThat(catalog.find("STOP", "")).map(TemplateCatalog.Source::text).contains("mixed");
    assertThat(catalog.find("halt", "")).isEmpty();
  }

  @Test
  void the_first_directory_wins() throws IOException {
    write("ours/X.yml", "ours");
    write("theirs/X.yml", "theirs");
    write("theirs/Y.yml", "only theirs");

    TemplateCatalog catalog = catalog(directory.resolve("ours"), directory.resolve("theirs"));

    assertThat(catalog.find("X", "")).map(TemplateCatalog.Source::text).contains("ours");
    assertThat(catalog.find("Y", "")).map(TemplateCatalog.Source::text).contains("only theirs");
  }

  @Test
  void a_version_is_the_texts_own_and_another_version_is_not_found() throws IOException {
    write("X.yml", "text");
    String version = catalog(directory).find("X", "").orElseThrow().version();

    assertThat(version).matches("[0-9a-f]{12}");
    assertThat(catalog(directory).find("X", version)).isPresent();
    assertThat(catalog(directory).find("X", "v1")).isEmpty();
  }

  @Test
  void a_missing_directory_is_named() {
    assertThatThrownBy(() -> catalog(directory.resolve("none")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("none")
        .hasMessageContaining("check the path");
  }

  private static DirectoryCatalog catalog(Path... directories) {
    return new DirectoryCatalog(List.of(directories));
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
