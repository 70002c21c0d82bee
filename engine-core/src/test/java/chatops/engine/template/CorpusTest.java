package chatops.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.expression.Fault;
import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates that nobody here wrote, read where they lie: the directory {@code CHATOPS_CORPUS} names. */
class CorpusTest {
  /** Actions that the public repository does not have. */
  private static final List<String> OURS_ALONE =
      List.of("ACS::ECS::ConfigureExtension", "ACS::ECS::RunExtensionScript");

  private static final String CORPUS = String.valueOf(System.getenv("CHATOPS_CORPUS"));

  private final Jq jq = new Jq();

  @BeforeEach
  void skip_without_corpus() {
    if (CORPUS.equals("null")) {
      System.out.println("corpus: skipped, CHATOPS_CORPUS is not set");
    }
    assumeTrue(!CORPUS.equals("null"), "CHATOPS_CORPUS is not set");
  }

  @Test
  void every_template_parses_or_is_refused_for_a_known_reason() {
    TemplateCatalog catalog = new DirectoryCatalog(List.of(Path.of(CORPUS)));
    Map<String, Integer> warnings = new TreeMap<>();
    Set<String> refused = new TreeSet<>();

    for (Checked checked : checked(catalog).values()) {
      checked.warnings().forEach(warning -> warnings.merge(warning.code(), 1, Integer::sum));
    }
    checked(catalog)
        .forEach((name, checked) ->
            checked.errors().forEach(error -> refused.add(name + " " + error.code())));

    System.out.println("corpus: " + catalog.names().size() + " templates, refused " + refused
        + ", warnings " + warnings);
    assertThat(refused).containsExactly("ACS-ECS-InventoryDataCollection format-version");
  }

  @Test
  void names_that_differ_from_their_declaration_by_case_are_found_and_mentioned() {
    TemplateCatalog catalog = new DirectoryCatalog(List.of(Path.of(CORPUS)));
    Map<String, List<String>> mentioned = new LinkedHashMap<>();

    checked(catalog)
        .forEach((name, checked) -> checked.warnings().stream()
            .filter(finding -> finding.fault() == Fault.REFERENCE_CASE)
            .forEach(finding ->
                mentioned.computeIfAbsent(name, any -> new ArrayList<>()).add(finding.message())));

    assertThat(mentioned).hasSizeGreaterThanOrEqualTo(20);
    assertThat(mentioned.values().stream().flatMap(List::stream).collect(Collectors.toSet()))
        .contains("'webhookUrl' is declared as 'webHookUrl'");
    assertThat(mentioned.getOrDefault("ACS::ECS::RunCommand", List.of())).isNotEmpty();
  }

  @Test
  void sharedtemplates_find_every_action_among_the_product_actions_as_they_lie() {
    TemplateCatalog actions = new DirectoryCatalog(List.of(Path.of(CORPUS, "product-actions")));
    TemplateCatalog templates = new DirectoryCatalog(List.of(Path.of(CORPUS, "public-templates")));
    Set<String> unknown = new TreeSet<>();

    parser(actions, templates)
        .forEach((name, checked) -> checked.errors().stream()
            .filter(finding -> finding.fault() == Fault.UNKNOWN_ACTION)
            .forEach(finding -> unknown.add(name + ": " + finding)));

    assertThat(unknown).isEmpty();
    assertThat(actions.names()).hasSize(199).allMatch(name -> name.startsWith("ACS::"));
    assertThat(actions.find("acs::ecs::startinstance", "")).isPresent();
  }

  @Test
  void the_documented_approval_template_runs_on_our_own_actions() {
    TemplateCatalog seeds = new DirectoryCatalog(List.of(Path.of(CORPUS, "seeds")));

    Map<String, Checked> checked = parser(new BundledCatalog(), seeds);

    assertThat(checked).hasSize(1);
    assertThat(checked.values()).allMatch(each -> each.template().isPresent());
  }

  @Test
  void our_actions_take_the_parameters_and_give_the_outputs_of_the_sharedones() {
    TemplateCatalog theirs = new DirectoryCatalog(List.of(Path.of(CORPUS, "product-actions")));
    TemplateCatalog ours = new BundledCatalog();

    List<String> shared = ours.names().stream()
        .filter(each -> each.startsWith("ACS::") && !OURS_ALONE.contains(each))
        .toList();
    for (String name : shared) {
      Template own = template(ours, name);
      Template published = template(theirs, name);

      assertThat(own.parameters().keySet())
          .as(name)
          .isEqualTo(published.parameters().keySet());
      own.parameters()
          .forEach((key, parameter) -> assertThat(parameter.type())
              .as("%s of %s", key, name)
              .isEqualTo(java.util.Objects.requireNonNull(published.parameters().get(key))
                  .type()));
      assertThat(own.outputs().keySet())
          .as(name)
          .containsAll(published.outputs().keySet());
    }
  }

  private Template template(TemplateCatalog catalog, String name) {
    TemplateCatalog.Source source = catalog.find(name, "").orElseThrow();
    return new TemplateParser(Functions.all(), jq, action -> true)
        .parse(source.text(), name, source.version());
  }

  private Map<String, Checked> checked(TemplateCatalog catalog) {
    return parser(catalog, catalog);
  }

  /** Every template of {@code templates}, checked with {@code actions} at hand. */
  private Map<String, Checked> parser(TemplateCatalog actions, TemplateCatalog templates) {
    TemplateCatalog both = new LayeredCatalog(List.of(actions, templates));
    TemplateParser parser =
        new TemplateParser(Functions.all(), jq, action -> both.find(action, "").isPresent());
    Map<String, Checked> checked = new LinkedHashMap<>();
    for (String name : templates.names()) {
      TemplateCatalog.Source source = templates.find(name, "").orElseThrow();
      checked.put(name, parser.check(source.text(), name, source.version()));
    }
    return checked;
  }
}
