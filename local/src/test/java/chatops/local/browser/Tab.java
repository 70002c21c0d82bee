package chatops.local.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One tab: what a person sees, presses and types, and what axe says about it. */
final class Tab {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static @Nullable String axe;

  private final DevTools tools;

  Tab(DevTools tools) {
    this.tools = tools;
    tools.send("Page.enable", none());
    tools.send("Runtime.enable", none());
    tools.send("Log.enable", none());
  }

  private static ObjectNode none() {
    return JSON.createObjectNode();
  }

  /** @param isDark theme that the page is told the person likes */
  Tab looksLike(int width, int height, boolean isDark) {
    tools.send(
        "Emulation.setDeviceMetricsOverride",
        none()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
    ObjectNode media = none();
    ArrayNode features = media.putArray("features");
    features
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", isDark ? "dark" : "light");
    // what is just fading in has no colours that could be judged
    features.addObject().put("name", "prefers-reduced-motion").put("value", "reduce");
    tools.send("Emulation.setEmulatedMedia", media);
    return this;
  }

  Tab open(String address) {
    tools.take("Page.loadEventFired");
    JsonNode gone = tools.send("Page.navigate", none().put("url", address));
    if (gone.has("errorText")) {
      throw new IllegalStateException(address + ": " + gone.path("errorText").asText());
    }
    loaded();
    return this;
  }

  /** Until the page that was asked for, or that a form led to, is there. */
  void loaded() {
    until("the page to be loaded", () -> !tools.take("Page.loadEventFired").isEmpty());
  }

  /** The value of an expression, which may be a promise. */
  JsonNode value(String expression) {
    JsonNode said = tools.send(
        "Runtime.evaluate",
        none()
            .put("expression", expression)
            .put("returnByValue", true)
            .put("awaitPromise", true)
            .put("userGesture", true));
    if (said.has("exceptionDetails")) {
      throw new IllegalStateException(
          expression + ": " + said.at("/exceptionDetails/exception/description").asText());
    }
    return said.at("/result/value");
  }

  String text() {
    return value("document.body.innerText").asText();
  }

  String address() {
    return value("location.pathname").asText();
  }

  /** Waits for something to be true in the page. */
  void await(String expression) {
    until(expression, () -> {
      try {
        return value("!!(" + expression + ")").asBoolean();
      } catch (IllegalStateException betweenPages) {
        return false;
      }
    });
  }

  void awaitText(String text) {
    await("document.body.innerText.includes(" + quoted(text) + ")");
  }

  private interface Claim {
    boolean holds();
  }

  private void until(String what, Claim claim) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!claim.holds()) {
      if (System.nanoTime() > end) {
        String seen;
        try {
          seen = text();
        } catch (IllegalStateException e) {
          seen = String.valueOf(e.getMessage());
        }
        throw new AssertionError("waited in vain for " + what + "; the page says:\n" + seen);
      }
      try {
        Thread.sleep(40);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  void press(String selector) {
    await("document.querySelector(" + quoted(selector) + ")");
    value("document.querySelector(" + quoted(selector) + ").click()");
  }

  /** Presses the last button within a part of the page that is labelled so. */
  void pressLast(String within, String label) {
    String found = "[...document.querySelectorAll(" + quoted(within + " button") + ")].filter(b => "
        + "b.textContent.trim() === " + quoted(label) + " && !b.disabled).pop()";
    await(found);
    value(found + ".click()");
  }

  void fill(String selector, String text) {
    await("document.querySelector(" + quoted(selector) + ")");
    value(
        "(() => { const f = document.querySelector(" + quoted(selector) + "); f.focus(); f.value = "
            + quoted(text) + "; f.dispatchEvent(new Event('input', {bubbles: true})); "
            + "f.dispatchEvent(new Event('change', {bubbles: true})); })()");
  }

  /** A key as from the keyboard, to whatever has the focus. */
  void key(String key, int code, String text) {
    ObjectNode down = none()
        .put("type", text.isEmpty() ? "rawKeyDown" : "keyDown")
        .put("key", key)
        .put("code", key)
        .put("windowsVirtualKeyCode", code);
    if (!text.isEmpty()) {
      down.put("text", text);
    }
    tools.send("Input.dispatchKeyEvent", down);
    tools.send(
        "Input.dispatchKeyEvent",
        none().put("type", "keyUp").put("key", key).put("windowsVirtualKeyCode", code));
  }

  void tabKey() {
    key("Tab", 9, "");
  }

  /** What axe finds, one line each; empty when it finds nothing. */
  List<String> violations() throws IOException {
    value(source() + ";0");
    JsonNode result = value("axe.run(document, {resultTypes: ['violations']})");
    List<String> found = new ArrayList<>();
    for (JsonNode violation : result.path("violations")) {
      for (JsonNode node : violation.path("nodes")) {
        found.add(violation.path("id").asText() + ": " + node.path("html").asText() + " "
            + node.path("failureSummary").asText().replace('\n', ' '));
      }
    }
    return found;
  }

  /** What the browser complained about: errors of scripts, what a policy stopped, what could not be loaded. */
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (JsonNode entry : tools.take("Log.entryAdded")) {
      complaints.add(entry.at("/entry/text").asText());
    }
    for (JsonNode thrown : tools.take("Runtime.exceptionThrown")) {
      complaints.add(thrown.at("/exceptionDetails/exception/description").asText());
    }
    return complaints;
  }

  /** How far the page can be pushed sideways, in pixels. */
  int overflow() {
    return value("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .asInt();
  }

  void screenshot(Path file) throws IOException {
    int height = Math.min(
        2400,
        value("Math.ceil(document.documentElement.getBoundingClientRect().height)")
            .asInt());
    int width = value("innerWidth").asInt();
    ObjectNode parameters = none().put("format", "png").put("captureBeyondViewport", true);
    parameters
        .putObject("clip")
        .put("x", 0)
        .put("y", 0)
        .put("width", width)
        .put("height", Math.max(height, 300))
        .put("scale", 1);
    String png = tools.send("Page.captureScreenshot", parameters).path("data").asText();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(png));
  }

  private static synchronized String source() throws IOException {
    String known = axe;
    if (known == null) {
      try (InputStream in = Tab.class.getResourceAsStream("/axe.min.js")) {
        if (in == null) {
          throw new IOException("axe.min.js is not on the class path");
        }
        known = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      axe = known;
    }
    return known;
  }

  static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  void close() {
    tools.close();
  }
}
