package chatops.front.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.link.Visit;
import chatops.front.FrontBench;
import chatops.front.Mutation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses, forms, cookies and headers of pages, changed at random: none decides, starts or signs in that should not. */
class PageMutationTest {
  private static final long SEED = 20261129;
  private static final int LONG_COUNT = 100_000;
  private static final ApprovalRef APPROVAL = new ApprovalRef("exec-abcdefghijk", "ap1");

  @TempDir
  Path folder = Path.of("");

  /** One request of a browser. */
  private record Request(String method, String path, Map<String, String> headers, String form) {}

  @Test
  void changed_requests_change_nothing() {
    mutate(SEED, 600);
  }

  @Test
  @Tag("long")
  void many_changed_requests_change_nothing() {
    int seen = mutate(SEED + 1, LONG_COUNT);
    System.out.println("long-job: PageMutationTest seed=" + (SEED + 1) + " count=" + LONG_COUNT
        + " asked=" + seen);
  }

  private int mutate(long seed, int count) {
    FrontBench front = new FrontBench(folder);
    front.execution.answer = "{}".getBytes(StandardCharsets.UTF_8);
    Mutation mutation = new Mutation(seed);
    int asked = 0;
    for (int i = 0; i < count; i++) {
      Request good = good(front, mutation);
      Request changed = changed(good, mutation);
      String where = seed + "/" + i + " " + changed;

      FrontBench.Answer answer = front.send(
          changed.method(),
          changed.path().isEmpty() ? "/" : changed.path(),
          changed.headers(),
          changed.form().getBytes(StandardCharsets.UTF_8),
          true);

      assertThat(answer.status()).as(where).isBetween(200, 503).isNotEqualTo(500);
      assertThat(front.execution.messages).as(where).isEmpty();
      for (HandOver question : front.execution.questions) {
        assertThat(question).as(where).isInstanceOf(HandOver.Ask.class);
        asked++;
      }
      assertThat(answer.headers().getOrDefault("Set-Cookie", "")).as(where).doesNotContain("=ey");
      front.execution.questions.clear();
      front.log.clear();
    }
    return asked;
  }

  /** What a person's browser would send, and what would be taken. */
  private static Request good(FrontBench front, Mutation mutation) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "chatops.example.com");
    String token = front.linkKey.link(APPROVAL, front.clock.instant().plus(Duration.ofHours(1)));
    return switch (mutation.below(4)) {
      case 0 -> posted("/approvals/" + token, headers, front, token, "decision=approve&reason=ok");
      case 1 -> posted("/questions/" + token, headers, front, token, "answer=retry");
      case 2 -> {
        String enter = front.linkKey.enter(new Visit(
            Browsing.ANN, Browsing.ROOM, front.clock.instant().plus(Duration.ofMinutes(9)), "n"));
        yield posted("/enter/" + enter, headers, front, enter, "x=y");
      }
      default -> {
        headers.put("Cookie", Browsing.as(front, Browsing.ANN).cookie);
        yield posted(
            "/x/exec-abcdefghijk", headers, front, "other-token", "do=cancel&approval=ap1");
      }
    };
  }

  private static Request posted(
      String path, Map<String, String> headers, FrontBench front, String token, String fields) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Origin", FrontBench.ORIGIN);
    all.put("Content-Type", "application/x-www-form-urlencoded");
    String decision = front.linkKey.nonce();
    return new Request(
        "POST",
        path,
        all,
        fields + "&decisionId=" + decision + "&form=" + front.linkKey.form(token, decision));
  }

  /** Changed where nothing of it may be changed: what a person types is left out. */
  private static Request changed(Request good, Mutation mutation) {
    Map<String, String> headers = new LinkedHashMap<>(good.headers());
    switch (mutation.below(8)) {
      case 0 -> {
        return new Request(
            mutation.one(List.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "")),
            good.path(),
            headers,
            good.form());
      }
      case 1 -> {
        // the token is what the last part of the address says
        int from = good.path().lastIndexOf('/') + 1;
        String path =
            good.path().substring(0, from) + mutation.changed(good.path().substring(from));
        return new Request("POST", path.replaceAll("[?#&]", "_"), headers, good.form());
      }
      case 2 -> {
        headers.put("Origin", mutation.changed(FrontBench.ORIGIN));
        return new Request("POST", good.path(), headers, good.form());
      }
      case 3 -> {
        headers.put("Host", mutation.changed("chatops.example.com"));
        return new Request("POST", good.path(), headers, good.form());
      }
      case 4 -> {
        headers.put("Origin", mutation.one(List.of("", "null", "https://evil.example.com")));
        return new Request("POST", good.path(), headers, good.form());
      }
      case 5 -> {
        int at = good.form().lastIndexOf("form=") + 5;
        String proof = mutation.changed(good.form().substring(at)).replaceAll("[&%+]", "_");
        return new Request("POST", good.path(), headers, good.form().substring(0, at) + proof);
      }
      case 6 -> {
        String form = good.form().replaceFirst("decisionId=.", "decisionId=_-");
        return new Request("POST", good.path(), headers, form);
      }
      default -> {
        String form = good.form().substring(0, good.form().lastIndexOf("&form="));
        return new Request("POST", good.path(), headers, mutation.below(2) == 0 ? form : "");
      }
    }
  }
}
