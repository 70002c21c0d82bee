package chatops.front.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.form.FormField;
import chatops.chat.form.FormField.Kind;
import chatops.chat.form.TemplateForm;
import chatops.chat.form.TemplateForms;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.link.Visit;
import chatops.front.FrontBench;
import chatops.front.Mutation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses, forms, cookies and headers of pages, changed at random: none decides, starts or signs in that should not. */
class PageMutationTest {
  private static final long SEED = 20261129;
  private static final int LONG_COUNT = 100_000;
  private static final String VISIT = "v1";
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

  /** What is changed below is taken as it stands here, so that no refusal is of a request that was never good. */
  @Test
  void unchanged_requests_are_taken() {
    FrontBench front = front();
    Mutation mutation = new Mutation(SEED);
    Set<Class<?>> taken = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      send(front, good(front, mutation));
      front.execution.questions.forEach(question -> taken.add(question.getClass()));
      front.execution.questions.clear();
    }
    assertThat(taken)
        .containsExactlyInAnyOrder(
            HandOver.Decide.class,
            HandOver.Answer.class,
            HandOver.Enter.class,
            HandOver.Submit.class);
  }

  private FrontBench front() {
    TemplateForm form = new TemplateForm(
        "ECS-Tidy",
        Map.of(Language.EN, "Tidies up"),
        List.of(FormField.of("targets", Kind.TARGETS, true, Map.of(Language.EN, "Instances"))));
    Path file = folder.resolve("forms.txt");
    try {
      Files.write(file, TemplateForms.write(List.of(form)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FrontBench front =
        new FrontBench(folder, FrontBench.RIGHTS, Map.of("CHATOPS_FORMS", file.toString()));
    front.execution.answer = "{}".getBytes(StandardCharsets.UTF_8);
    return front;
  }

  private static FrontBench.Answer send(FrontBench front, Request request) {
    return front.send(
        request.method(),
        request.path().isEmpty() ? "/" : request.path(),
        request.headers(),
        request.form().getBytes(StandardCharsets.UTF_8),
        true);
  }

  private int mutate(long seed, int count) {
    FrontBench front = front();
    Mutation mutation = new Mutation(seed);
    int asked = 0;
    for (int i = 0; i < count; i++) {
      Request good = good(front, mutation);
      Request changed = changed(good, mutation);
      String where = seed + "/" + i + " " + changed;

      FrontBench.Answer answer = send(front, changed);

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
    return switch (mutation.below(6)) {
      case 0 -> posted("/approvals/" + token, headers, front, token, "decision=approve&reason=ok");
      case 1 -> posted("/questions/" + token, headers, front, token, "decision=retry");
      case 2 -> {
        String enter = front.linkKey.enter(new Visit(
            Browsing.ANN, Browsing.ROOM, front.clock.instant().plus(Duration.ofMinutes(9)), "n"));
        yield posted("/enter/" + enter, headers, front, "enter" + enter, "x=y");
      }
      case 3 -> {
        headers.put("Cookie", Browsing.as(front, Browsing.ANN).cookie);
        String path = "/x/exec-abcdefghijk";
        yield posted(path, headers, front, path + VISIT, "act=cancel&reason=x");
      }
      case 4 -> {
        headers.put("Cookie", Browsing.as(front, Browsing.ANN).cookie);
        String path = "/x/exec-abcdefghijk";
        yield posted(path, headers, front, path + VISIT, "act=approve&approval=ap1");
      }
      default -> {
        headers.put("Cookie", Browsing.as(front, Browsing.ANN).cookie);
        String path = "/templates/ECS-Tidy";
        yield posted(
            path, headers, front, path + VISIT, TemplatePage.PREFIX + "targets=tag%3Aenv%3Dtest");
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
    switch (mutation.below(9)) {
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
        return new Request("POST", path.replaceAll("[?#&]", "!"), headers, good.form());
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
        String proof = mutation.changed(good.form().substring(at)).replaceAll("[&%+]", "!");
        return new Request("POST", good.path(), headers, good.form().substring(0, at) + proof);
      }
      case 6 -> {
        String form = good.form().replaceFirst("decisionId=.", "decisionId=_-");
        return new Request("POST", good.path(), headers, form);
      }
      case 7 -> {
        String cookie = headers.getOrDefault("Cookie", "");
        int value = cookie.indexOf('=') + 1;
        // another browser has none, or one that was tampered with
        headers.put(
            "Cookie", cookie.substring(0, value) + mutation.changed(cookie.substring(value)));
        return cookie.isEmpty()
            ? new Request("GET", good.path(), headers, good.form())
            : new Request("POST", good.path(), headers, good.form());
      }
      default -> {
        String form = good.form().substring(0, good.form().lastIndexOf("&form="));
        return new Request("POST", good.path(), headers, mutation.below(2) == 0 ? form : "");
      }
    }
  }
}
