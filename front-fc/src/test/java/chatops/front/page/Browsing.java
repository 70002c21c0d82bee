package chatops.front.page;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.link.Visit;
import chatops.front.FrontBench;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser as far as Front can tell one: keeps its cookie, sends forms as a page has them. */
final class Browsing {
  static final Principal ANN = new Principal(Platform.SLACK, "T0001", "U1", "Ann");
  static final Place ROOM = new Place(Platform.SLACK, "T0001", "C1");

  private final FrontBench front;
  private final Map<String, String> headers = new HashMap<>();
  String cookie = "";

  Browsing(FrontBench front) {
    this.front = front;
    headers.put("Host", "chatops.example.com");
  }

  /** One that used a personal link. */
  static Browsing as(FrontBench front, Principal person) {
    Browsing browser = new Browsing(front);
    browser.cookie = "__Host-chatops="
        + front.linkKey.visit(
            new Visit(person, ROOM, front.clock.instant().plus(Duration.ofHours(1)), "v1"));
    return browser;
  }

  String enterLink() {
    return "/enter/"
        + front.linkKey.enter(
            new Visit(ANN, ROOM, front.clock.instant().plus(Duration.ofMinutes(15)), "n1"));
  }

  FrontBench.Answer get(String path) {
    return get(path, Map.of());
  }

  FrontBench.Answer get(String path, Map<String, String> more) {
    return keep(front.send("GET", path, with(more), new byte[0], false));
  }

  /** Sends the page's first form that has such a button, or its first one. */
  FrontBench.Answer submit(String page, String path, Map<String, String> fields) {
    return submit(page, path, fields, Map.of());
  }

  FrontBench.Answer submit(
      String page, String path, Map<String, String> fields, Map<String, String> more) {
    Map<String, String> form = hidden(page);
    form.putAll(fields);
    StringBuilder body = new StringBuilder();
    form.forEach((k, v) -> body.append(body.length() == 0 ? "" : "&")
        .append(k)
        .append('=')
        .append(URLEncoder.encode(v, StandardCharsets.UTF_8)));
    Map<String, String> all = with(more);
    all.putIfAbsent("Origin", FrontBench.ORIGIN);
    return keep(
        front.send("POST", path, all, body.toString().getBytes(StandardCharsets.UTF_8), false));
  }

  static Map<String, String> hidden(String page) {
    Map<String, String> form = new LinkedHashMap<>();
    Matcher hidden =
        Pattern.compile("name=\"(decisionId|form)\" value=\"([^\"]*)\"").matcher(page);
    while (hidden.find() && form.size() < 2) {
      form.put(hidden.group(1), hidden.group(2));
    }
    return form;
  }

  private Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    if (!cookie.isEmpty()) {
      all.put("Cookie", cookie);
    }
    all.putAll(more);
    return all;
  }

  private FrontBench.Answer keep(FrontBench.Answer answer) {
    String set = answer.headers().getOrDefault("Set-Cookie", "");
    if (!set.isEmpty()) {
      cookie = set.substring(0, set.indexOf(';'));
    }
    return answer;
  }
}
