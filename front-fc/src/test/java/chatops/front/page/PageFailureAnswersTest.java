package chatops.front.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.handover.ApprovalRef;
import chatops.front.Answered;
import chatops.front.FrontBench;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Front's pages say when something goes wrong. */
class PageFailureAnswersTest {
  private static final ApprovalRef APPROVAL = new ApprovalRef("exec-abcdefghijk", "ap1");

  @TempDir
  Path folder = Path.of("");

  private void said(FrontBench.Answer answer, int status, String language) {
    assertThat(answer.status()).isEqualTo(status);
    Answered.whole(answer.body(), language, "<h1>.+</h1>", "<p[^>]*>.{8,}</p>");
  }

  @Test
  void links_pages_and_forms() {
    for (String language : Answered.LANGUAGES) {
      FrontBench front = new FrontBench(folder, Answered.rights(language), Map.of());
      Instant soon = front.clock.instant().plus(Duration.ofHours(1));
      String link = "/approvals/" + front.linkKey.link(APPROVAL, soon);
      String old = "/approvals/" + front.linkKey.link(APPROVAL, front.clock.instant());
      Browsing nobody = new Browsing(front);
      Browsing ann = Browsing.as(front, Browsing.ANN);

      said(nobody.get("/approvals/none"), 404, language);
      said(nobody.get(old), 410, language);
      said(nobody.get(link), 503, language);
      said(nobody.submit("", link, Map.of("decision", "approve")), 403, language);
      said(nobody.get("/enter/none"), 404, language);
      said(nobody.get("/x/exec-abcdefghijk"), 401, language);
      said(ann.get("/x/exec-abcdefghijk"), 503, language);
      said(ann.get("/executions"), 503, language);
      said(ann.get("/templates/None"), 404, language);
      front.execution.answer = "{\"verdict\":\"unknown\",\"executionId\":\"exec-abcdefghijk\"}"
          .getBytes(StandardCharsets.UTF_8);
      String enter = nobody.enterLink();
      String page = nobody.get(enter).body();
      front.execution.answer = "{\"entered\":false}".getBytes(StandardCharsets.UTF_8);
      said(nobody.submit(page, enter, Map.of()), 410, language);
      front.execution.answer = null;
      said(nobody.submit(page, enter, Map.of()), 503, language);
    }
  }
}
