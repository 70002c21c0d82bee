package chatops.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.template.Checked;
import chatops.engine.template.Finding;
import chatops.engine.template.TemplateParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BundledCatalogTest {
  private final TemplateCatalog bundled = new BundledCatalog();

  @Test
  void it_holds_exactly_what_the_templates_folder_holds() {
    Path folder = Path.of(System.getProperty("chatops.root", ".."), "templates");

    assertThat(new TreeSet<>(bundled.names()))
        .isEqualTo(new TreeSet<>(new DirectoryCatalog(List.of(folder)).names()));
  }

  @Test
  void every_shipped_template_is_without_errors_and_reads_its_parameters_and_names_its_role() {
    TemplateParser parser = new TemplateParser(
        Functions.all(), new Jq(), action -> bundled.find(action, "").isPresent());

    for (String name : bundled.names()) {
      TemplateCatalog.Source source = bundled.find(name, "").orElseThrow();
      Checked checked = parser.check(source.text(), source.name(), source.version());

      assertThat(checked.errors()).as(name).isEmpty();
      // an action, and the inner part of a template, run under their caller's role;
      // DescribeInstances takes rateControl like its three
      // siblings; the name of a script is for people and their rights
      Set<String> expected = name.startsWith("ACS::") || name.equals("ESS-LifecycleWork")
          ? Set.of("missing-ram-role")
          : Set.of("ECS-DescribeInstances", "ECS-RunCommand").contains(name)
              ? Set.of("unused-parameter")
              : Set.of();
      assertThat(checked.warnings().stream().map(Finding::code).collect(Collectors.toSet()))
          .as(name)
          .isEqualTo(expected);
      assertThat(source.text()).as(name).contains("en: ", "zh-cn: ", "ja: ");
    }
  }
}
