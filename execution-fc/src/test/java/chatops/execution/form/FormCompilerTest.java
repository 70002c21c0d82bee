package chatops.execution.form;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.form.Entry;
import chatops.chat.form.FormCheck;
import chatops.chat.form.FormField;
import chatops.chat.form.FormField.Kind;
import chatops.chat.form.TemplateForm;
import chatops.chat.form.TemplateForms;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.expression.EmptyScope;
import chatops.engine.run.Templates;
import chatops.engine.template.Binding;
import chatops.engine.template.ParameterException;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormCompilerTest {
  private static final String TEMPLATE = """
      FormatVersion: OOS-2019-06-01
      Description: {en: Does it, zh-cn: 做, ja: する, name-en: A title}
      Parameters:
        text: {Type: String, Label: {en: A text, zh-cn: 文本}}
        short: {Type: String, MinLength: 2, MaxLength: 4}
        coded: {Type: String, AllowedPattern: '[a-z]+\\d', ConstraintDescription: {en: letters then a digit}}
        mode: {Type: String, AllowedValues: [fast, 'true', '1']}
        sizes: {Type: Number, AllowedValues: [1, 2.5]}
        count: {Type: Number, MinValue: 1, MaxValue: 10}
        flag: {Type: Boolean}
        list: {Type: List, MinLength: 1, MaxLength: 2}
        kinds: {Type: List, AllowedValues: [a, b]}
        map: {Type: Json}
        targets: {Type: Json, AssociationProperty: Targets}
        rate: {Type: Json, AssociationProperty: RateControl}
        region: {Type: String, AssociationProperty: RegionId, Default: '{{ ACS::RegionId }}'}
        script: {Type: String, AssociationProperty: Code, Default: "a\\nb"}
        secret: {Type: String, NoEcho: true, Default: planted}
        hook: {Type: String, Default: '${lifecycleHookId}'}
        given: {Type: Json, Default: {a: 1}}
      Tasks:
        - {Name: wait, Action: ACS::Sleep, Properties: {Duration: PT1S}}
      """;

  @TempDir
  Path folder = Path.of("");

  @Test
  void a_form_says_what_the_template_declares() {
    TemplateForm form = form();

    assertThat(form.about(Language.ZH)).isEqualTo("做");
    assertThat(form.fields())
        .extracting(FormField::kind)
        .containsExactly(
            Kind.TEXT,
            Kind.TEXT,
            Kind.TEXT,
            Kind.TEXT,
            Kind.NUMBER,
            Kind.NUMBER,
            Kind.FLAG,
            Kind.LIST,
            Kind.LIST,
            Kind.JSON,
            Kind.TARGETS,
            Kind.RATE,
            Kind.REGION,
            Kind.LINES,
            Kind.TEXT,
            Kind.TEXT,
            Kind.JSON);
    assertThat(field("text").title(Language.ZH)).isEqualTo("文本");
    assertThat(field("text").title(Language.JA)).isEqualTo("A text");
    assertThat(field("short").title(Language.EN)).isEqualTo("short");
    assertThat(field("text").required()).isTrue();
    assertThat(field("region").computed()).isTrue();
    assertThat(field("region").required()).isFalse();
    assertThat(field("script").initial()).isEqualTo("a\nb");
    assertThat(field("secret").secret()).isTrue();
    assertThat(field("secret").initial()).isEmpty();
    assertThat(field("hook").required()).isTrue();
    assertThat(field("given").initial()).isEqualTo("{\"a\":1}");
    assertThat(field("coded").constraint(Language.JA)).isEqualTo("letters then a digit");
  }

  @Test
  void the_file_of_forms_brings_them_back_whole() throws IOException {
    Path file = folder.resolve("forms.txt");
    FormCompiler.Compiled compiled = FormCompiler.compile(new BundledCatalog());
    Files.write(file, compiled.file());
    TemplateForms forms = new TemplateForms(file);

    assertThat(compiled.broken()).isEmpty();
    assertThat(forms.names())
        .contains("ECS-StartInstances", "ECS-BulkRebootInstancesWithApproval")
        .noneMatch(name -> name.contains("::"));
    for (TemplateForm form : compiled.forms()) {
      assertThat(forms.find(form.template())).isEqualTo(form);
    }
    assertThat(forms.find("ecs-startinstances")).isNotNull();
    assertThat(forms.find("Nothing")).isNull();
    Files.write(file, TemplateForms.write(List.of(form())));
    assertThat(new TemplateForms(file).find("T")).isEqualTo(form());
  }

  @Test
  void a_template_that_does_not_read_leaves_the_others() {
    TemplateCatalog catalog = new TemplateCatalog() {
      @Override
      public Optional<Source> find(String name, String version) {
        return Optional.of(new Source(name, "v1", name.equals("T") ? TEMPLATE : "Tasks: ["));
      }

      @Override
      public List<String> names() {
        return List.of("T", "Broken", "ACS::ECS::StartInstance");
      }
    };

    FormCompiler.Compiled compiled = FormCompiler.compile(catalog);

    assertThat(compiled.forms()).extracting(TemplateForm::template).containsExactly("T");
    assertThat(compiled.broken()).containsOnlyKeys("Broken");
  }

  /** What is refused beside an input would be refused at the start, and what passes would pass. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text   | x              | true",
        "short  | a              | false",
        "short  | ab             | true",
        "short  | abcde          | false",
        "short  | 日本語文       | true",
        "short  | 😀😀😀😀       | true",
        "coded  | abc1           | true",
        "coded  | abc            | false",
        "coded  | xabc1x         | false",
        "mode   | fast           | true",
        "mode   | FAST           | false",
        "mode   | true           | true",
        "mode   | 1              | true",
        "mode   | 2              | false",
        "sizes  | 1              | true",
        "sizes  | 1.0            | true",
        "sizes  | 2.50           | true",
        "sizes  | 3              | false",
        "count  | 10             | true",
        "count  | 11             | false",
        "count  | 0.5            | false",
        "count  | 5e0            | true",
        "count  | ten            | false",
        "count  | 0x10           | false",
        "count  | ` 7 `          | true",
        "count  | 01             | false",
        "flag   | TRUE           | true",
        "flag   | yes            | false",
        "list   | a              | true",
        "list   | []             | false",
        "list   | ['a']          | false",
        "list   | [\"a\",\"b\"]  | true",
        "list   | [1,2,3]        | false",
        "list   | [1             | false",
        "kinds  | [\"a\",\"b\"]  | true",
        "kinds  | [\"a\",\"c\"]  | false",
        "kinds  | c              | false",
        "map    | {}             | true",
        "map    | []             | true",
        "map    | 1              | false",
        "map    | {a:1}          | false",
        "targets | {\"Type\":\"All\"} | true",
        "rate   | {\"Mode\":\"Batch\"} | true",
        "rate   | nonsense       | false",
      })
  void the_check_agrees_with_the_engine(String name, String value, boolean isRight) {
    assertThat(new FormCheck().problem(field(name), value) == null)
        .as("the form's check of %s", value)
        .isEqualTo(isRight);
    assertThat(problemsOfEngine(name, value))
        .as("the engine's check of %s", value)
        .isEqualTo(!isRight);
  }

  /** What people may spell in their own words becomes what the engine takes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "targets | i-1, i-2       | {\"Type\":\"ResourceIds\",\"RegionId\":\"cn-x\",\"ResourceIds\":[\"i-1\",\"i-2\"]}",
        "targets | name:web-*     | {\"Type\":\"All\",\"RegionId\":\"cn-x\",\"Parameters\":{\"InstanceName\":\"web-*\"}}",
        "targets | tag:a=b        | {\"Type\":\"Tags\",\"RegionId\":\"cn-x\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]}",
        "rate    | 20%            | {\"Mode\":\"Concurrency\",\"Concurrency\":\"20%\",\"MaxErrors\":0}",
        "rate    | 5              | {\"Mode\":\"Concurrency\",\"Concurrency\":5,\"MaxErrors\":0}",
        "list    | a, b           | [\"a\",\"b\"]",
        "list    | [\"a\"]        | [\"a\"]",
        "text    | ` as it is `   | ` as it is `",
      })
  void what_is_typed_becomes_what_the_engine_takes(String name, String typed, String value) {
    String turned = Entry.toValue(field(name), typed, "cn-x");

    assertThat(turned).isEqualTo(value);
    assertThat(new FormCheck().problem(field(name), turned)).isNull();
    assertThat(problemsOfEngine(name, turned)).isFalse();
  }

  @Test
  void a_value_typed_is_offered_again_as_it_was_typed() {
    for (Map.Entry<String, String> typed : Map.of(
            "list", "a\nb c", "rate", "20%", "map", "{\"a\": 1}", "text", "x")
        .entrySet()) {
      FormField field = field(typed.getKey());
      assertThat(Entry.toTyped(field, Entry.toValue(field, typed.getValue(), "cn-x")))
          .isEqualTo(typed.getValue());
    }
  }

  @Test
  void a_pattern_that_would_take_for_ever_is_left_to_the_engine() {
    FormField slow = new FormField(
        "x", Kind.TEXT, true, false, Map.of(), Map.of(), "", false, List.of(), "(a*)*b", null, null,
        null, null, Map.of());

    assertThat(new FormCheck().problem(slow, "a".repeat(3000))).isNull();
  }

  private static boolean problemsOfEngine(String name, String value) {
    ObjectNode given = JsonNodeFactory.instance.objectNode().put(name, value);
    try {
      Binding.bind(template(), given, Binding.Source.CALLER, new EmptyScope());
      return false;
    } catch (ParameterException e) {
      return e.problems().stream()
          .anyMatch(problem -> problem.contains("'" + name + "'") && !problem.contains("no value"));
    }
  }

  private static Template template() {
    return Templates.of(new BundledCatalog())
        .parse(new TemplateCatalog.Source("T", "v1", TEMPLATE));
  }

  private static TemplateForm form() {
    return FormCompiler.of(template());
  }

  private static FormField field(String name) {
    return Objects.requireNonNull(form().field(name));
  }
}
