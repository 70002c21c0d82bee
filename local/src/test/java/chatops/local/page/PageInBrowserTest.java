package chatops.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.chat.Language;
import chatops.local.text.Texts;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs Chromium on the path; skipped without. The state on screen is {@code rooms.json}. */
class PageInBrowserTest {
  @TempDir
  Path folder = Path.of("");

  @Test
  void messages_are_drawn_as_their_platforms_draw_them_and_never_become_markup() throws Exception {
    Optional<Browser> browser = Browser.installed(folder.resolve("profile"));
    assumeTrue(browser.isPresent(), "no Chromium on the path");

    String document;
    try (PageServer server =
        new PageServer(0, Texts.in(Language.EN), StartToken.fresh(new SecureRandom()))) {
      server.serve(rooms());
      document = browser.orElseThrow().document(server.invitation());
    }

    assertThat(document)
        .contains("<b>3 instances</b>")
        .contains("<button type=\"button\" class=\"primary\">Approve</button>")
        .contains("Only visible to Ann")
        .contains(
            "<a href=\"http://127.0.0.1:1/approvals/abc\" target=\"_blank\" rel=\"noopener noreferrer\">Decide</a>")
        .contains("<span class=\"mention\">@13800000000</span>")
        .contains("<span class=\"state Stopped\">Stopped</span>")
        .contains("&lt;img src=x onerror=alert(1)&gt;")
        .doesNotContain("<img")
        .doesNotContain("href=\"javascript:");
  }

  private static ChatRooms rooms() throws IOException {
    try (InputStream bytes = PageInBrowserTest.class.getResourceAsStream("rooms.json")) {
      ObjectNode state = (ObjectNode) JsonMapper.builder().build().readTree(bytes);
      return new RecordedRooms() {
        @Override
        public ObjectNode state() {
          return state;
        }
      };
    }
  }
}
