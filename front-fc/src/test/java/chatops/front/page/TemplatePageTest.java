package chatops.front.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.form.FormField;
import chatops.chat.form.FormField.Kind;
import chatops.chat.form.TemplateForm;
import chatops.chat.form.TemplateForms;
import chatops.chat.handover.HandOver;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.view.SubmittedView;
import chatops.chat.view.ViewJson;
import chatops.front.FrontBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatePageTest {
  private static final String PATH = "/templates/ECS-Tidy";

  private final FrontBench front;
  private final Browsing ann;

  TemplatePageTest(@TempDir Path folder) throws IOException {
    Map<Language, String> about =
        Map.of(Language.EN, "Tidies <up>", Language.ZH, "清理", Language.JA, "整理");
    TemplateForm form = new TemplateForm(
        "ECS-Tidy",
        about,
        List.of(
            FormField.of("targets", Kind.TARGETS, true, Map.of(Language.EN, "Instances")),
            new FormField(
                "days",
                Kind.NUMBER,
                false,
                false,
                Map.of(),
                Map.of(Language.EN, "How old"),
                "7",
                false,
                List.of(),
                "",
                null,
                null,
                java.math.BigDecimal.ONE,
                null,
                Map.of()),
            new FormField(
                "mode",
                Kind.TEXT,
                false,
                false,
                Map.of(),
                Map.of(),
                "soft",
                false,
                List.of("soft", "hard"),
                "",
                null,
                null,
                null,
                null,
                Map.of()),
            new FormField(
                "password",
                Kind.TEXT,
                false,
                true,
                Map.of(),
                Map.of(),
                "planted-default",
                false,
                List.of(),
                "",
                null,
                null,
                null,
                null,
                Map.of())));
    TemplateForm other = new TemplateForm("Other-One", about, List.of());
    Path file = Files.write(folder.resolve("forms.txt"), TemplateForms.write(List.of(form, other)));
    front = new FrontBench(folder, FrontBench.RIGHTS, Map.of("CHATOPS_FORMS", file.toString()));
    ann = Browsing.as(front, Browsing.ANN);
  }

  @BeforeEach
  void answer() {
    front.execution.answer =
        ViewJson.write(new SubmittedView(true, "ACCEPTED", "", "", "exec-abc"));
  }

  @Test
  void the_list_shows_what_the_person_may_run_here_and_nothing_else() {
    assertThat(ann.get("/templates").body())
        .contains("href=\"/templates/ECS-Tidy\"", "Tidies &lt;up&gt;")
        .doesNotContain("Other-One");
    assertThat(ann.get("/templates?lang=ja").body())
        .contains("整理", "href=\"/templates/ECS-Tidy?lang=ja\"");
    assertThat(front.execution.questions).isEmpty();
  }

  @Test
  void the_form_asks_for_every_parameter_and_tells_no_secret() {
    String page = ann.get(PATH + "?days=9&password=planted-in-address").body();

    assertThat(page)
        .contains(
            "<label for=\"f-targets\">Instances</label>",
            "name=\"p.days\" aria-describedby=\"h-days\" value=\"9\"",
            "<option value=\"soft\" selected>",
            "type=\"password\"")
        .doesNotContain("planted");
  }

  @Test
  void what_is_sent_runs_as_the_person_where_the_person_came_from_and_is_told_there() {
    FrontBench.Answer sent = ann.submit(
        ann.get(PATH).body(),
        PATH,
        Map.of(
            "p.targets", "i-bp1a, i-bp1b", "p.days", "30", "p.mode", "soft", "p.password", "x y"));

    HandOver.Run run = ((HandOver.Submit) front.execution.questions.get(0)).run();
    assertThat(run.command().name()).isEqualTo("oos run");
    assertThat(run.command().arguments())
        .hasSize(4)
        .startsWith("ECS-Tidy")
        .contains("days=30", "password=x y");
    assertThat(run.command().arguments().get(1)).startsWith("targets={").contains("i-bp1b");
    assertThat(run.principal()).isEqualTo(Browsing.ANN);
    assertThat(run.place()).isEqualTo(Browsing.ROOM);
    ReplyAddress told = front.seal.open(run.reply(), run.executionId(), Platform.SLACK);
    assertThat(told.channel()).isEqualTo("C1");
    assertThat(told.user()).isEqualTo("U1");
    assertThat(sent.status()).isEqualTo(303);
    assertThat(sent.headers()).containsEntry("Location", "/x/" + run.executionId());
  }

  @Test
  void the_same_form_sent_twice_runs_once() {
    String page = ann.get(PATH).body();
    ann.submit(page, PATH, Map.of("p.targets", "i-bp1a"));
    ann.submit(page, PATH, Map.of("p.targets", "i-bp1a"));

    assertThat(front.execution.questions)
        .extracting(q -> ((HandOver.Submit) q).run().executionId())
        .hasSize(2)
        .containsOnly(((HandOver.Submit) front.execution.questions.get(0)).run().executionId());
  }

  @Test
  void what_is_wrong_is_said_beside_its_input_and_what_was_typed_stays() {
    FrontBench.Answer answer = ann.submit(
        ann.get(PATH).body(), PATH, Map.of("p.days", "<soon>", "p.password", "planted-typed"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .contains(
            "role=\"alert\"",
            "id=\"f-targets\" name=\"p.targets\" required aria-invalid=\"true\" autofocus",
            "id=\"e-targets\"",
            "value=\"&lt;soon&gt;\"",
            "id=\"e-days\"",
            "aria-describedby=\"e-days h-days\"",
            "tag:env=staging")
        .doesNotContain("planted");
    assertThat(front.execution.questions).isEmpty();
  }

  @Test
  void what_execution_refuses_is_said_above_the_form() {
    front.execution.answer = ViewJson.write(
        new SubmittedView(false, "REFUSED", "Not allowed: x", "You may not act there.", ""));

    FrontBench.Answer answer =
        ann.submit(ann.get(PATH).body(), PATH, Map.of("p.targets", "i-bp1a"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("Not allowed: x", "You may not act there.", "i-bp1a");
  }

  @Test
  void no_answer_leads_to_the_page_where_it_will_be_seen() {
    front.execution.answer = null;

    FrontBench.Answer answer =
        ann.submit(ann.get(PATH).body(), PATH, Map.of("p.targets", "i-bp1a"));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).containsPattern("href=\"/x/exec-[a-z2-7]{26}\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/templates/Other-One", "/templates/Nothing", "/templates/", "/templates/a/b"})
  void what_may_not_be_run_or_is_not_there_is_refused(String path) {
    assertThat(ann.get(path).status()).isIn(403, 404);
    assertThat(
            ann.submit(ann.get(PATH).body(), path, Map.of("p.targets", "i-1")).status())
        .isIn(403, 404);
    assertThat(front.execution.questions).isEmpty();
  }

  @Test
  void a_form_of_another_site_person_or_template_runs_nothing() {
    String page = ann.get(PATH).body();
    Map<String, String> fields = Map.of("p.targets", "i-bp1a");
    Browsing bob = Browsing.as(front, new Principal(Platform.SLACK, "T0001", "U2", "Bob"));
    Browsing nobody = new Browsing(front);

    assertThat(
            ann.submit(page, PATH, fields, Map.of("Origin", "https://evil.com")).status())
        .isEqualTo(403);
    assertThat(bob.submit(page, PATH, fields).status()).isEqualTo(403);
    assertThat(nobody.submit(page, PATH, fields).status()).isEqualTo(401);
    assertThat(front.execution.questions).isEmpty();
  }
}
