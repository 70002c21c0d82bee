package chatops.engine.action.builtin;

import chatops.engine.action.ActionCall;
import chatops.engine.action.Reply;
import chatops.engine.expression.ExpressionException;
import chatops.engine.notice.Outbound;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The message of Notify and Approve: a POST of the content, with what DingTalk and Slack robots want of it (specification
 * 7.7). Addresses carry tokens, so no message of this class names one.
 */
record WebHook(URI uri, Map<String, String> headers, JsonNode content) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** @return null when the task has no WebHook */
  static @Nullable WebHook of(ActionCall call) {
    JsonNode hook = call.property("WebHook");
    if (hook.isNull()) {
      return null;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json; charset=utf-8");
    field(hook, "Headers").properties().forEach(e -> {
      headers.keySet().removeIf(known -> known.equalsIgnoreCase(e.getKey()));
      headers.put(e.getKey(), e.getValue().asText());
    });
    return new WebHook(uri(field(hook, "URI").asText("")), headers, field(hook, "Content"));
  }

  private static URI uri(String text) {
    try {
      URI uri = URI.create(text.strip());
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new ExpressionException("WebHook.URI is not a web address", e);
    }
    throw new ExpressionException("WebHook.URI is not a web address: it names no host");
  }

  private static JsonNode field(JsonNode map, String name) {
    JsonNode exact = map.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> e : map.properties()) {
      if (e.getKey().equalsIgnoreCase(name)) {
        return e.getValue();
      }
    }
    return JsonNodeFactory.instance.nullNode();
  }

  /** What people read in the message. */
  String text() {
    for (String path : new String[] {"/text/content", "/markdown/text", "/link/text", "/text"}) {
      JsonNode text = content.at(path);
      if (text.isTextual()) {
        return text.textValue();
      }
    }
    return content.isTextual() ? content.textValue() : content.toString();
  }

  /** The message with a link at the place where its kind shows one. */
  WebHook withLink(String link) {
    if (link.isEmpty() || !(content instanceof ObjectNode)) {
      return this;
    }
    ObjectNode linked = content.deepCopy();
    append(linked.path("text"), "content", "\n" + link);
    append(linked.path("markdown"), "text", "\n\n[" + link + "](" + link + ")");
    if (linked.get("link") instanceof ObjectNode message) {
      message.put("messageUrl", link);
    }
    if (linked.path("text").isTextual()) {
      linked.put("text", linked.path("text").textValue() + "\n" + link);
    }
    return new WebHook(uri, headers, linked);
  }

  private static void append(JsonNode in, String field, String text) {
    if (in instanceof ObjectNode object && object.path(field).isTextual()) {
      object.put(field, object.path(field).textValue() + text);
    }
  }

  Outbound.HttpCall call() {
    JsonNode body = isSlack() ? forSlack() : forDingTalk();
    String text = body.isTextual() ? body.textValue() : body.toString();
    return new Outbound.HttpCall(
        "POST", uri, headers, text.getBytes(StandardCharsets.UTF_8), TIMEOUT);
  }

  private boolean isSlack() {
    return "hooks.slack.com".equals(uri.getHost().toLowerCase(Locale.ROOT));
  }

  private JsonNode forSlack() {
    boolean isForDingTalk = content.has("msgtype");
    return isForDingTalk ? JsonNodeFactory.instance.objectNode().put("text", text()) : content;
  }

  /**
   * As DingTalk's robots want it: parameters are often text where the robot wants a boolean, and a mention is highlighted only
   * where the text names it, too (open.dingtalk.com, "Custom robots send group messages").
   */
  private JsonNode forDingTalk() {
    if (!(content.path("at") instanceof ObjectNode)) {
      return content;
    }
    ObjectNode typed = content.deepCopy();
    JsonNode at = typed.path("at");
    JsonNode flag = at.path("isAtAll");
    if (flag.isTextual() && at instanceof ObjectNode mentions) {
      mentions.set(
          "isAtAll", BooleanNode.valueOf(flag.textValue().strip().equalsIgnoreCase("true")));
    }
    StringBuilder missing = new StringBuilder();
    for (String field : new String[] {"atMobiles", "atUserIds"}) {
      for (JsonNode person : at.path(field)) {
        String mention = "@" + person.asText();
        if (!text().contains(mention)) {
          missing.append(missing.length() == 0 ? "" : " ").append(mention);
        }
      }
    }
    if (missing.length() > 0) {
      append(typed.path("text"), "content", "\n" + missing);
      append(typed.path("markdown"), "text", "\n\n" + missing);
    }
    return typed;
  }

  /** Why the message did not arrive; empty when it did: 2xx, and no robot's error code in the answer. */
  static String failure(Reply reply) {
    if (reply instanceof Reply.Unreached unreached) {
      return unreached.message();
    }
    if (!(reply instanceof Reply.Http http)) {
      return "unexpected reply";
    }
    int status = http.answer().status();
    if (status < 200 || status > 299) {
      return "the web hook answered HTTP " + status;
    }
    try {
      JsonNode answer = JSON.readTree(http.answer().body());
      int code = answer == null ? 0 : answer.path("errcode").asInt(0);
      return code == 0
          ? ""
          : "the robot answered errcode " + code + ": " + answer.path("errmsg").asText();
    } catch (JsonProcessingException plainText) {
      // Slack answers "ok" as text
      return "";
    } catch (java.io.IOException e) {
      return "the answer of the web hook could not be read";
    }
  }
}
