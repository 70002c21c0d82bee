package chatops.execution.scaling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads lifecycle messages from every wrapping they come in: an FC trigger on an MNS topic (JSON, STREAM), a pushed message, a CloudEvent or an array of
 * them, the bare payload; in Base64 or plain. Whatever goes into a template's parameters is checked to be an id.
 */
public final class LifecycleMessages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEPTH = 4;
  private static final int MOST_INSTANCES = 1000;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,127}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{1,32}");
  private static final String TEST = "ess:LifecycleHook:Test";
  private static final String HOOK_EVENT = "ess:LifecycleHook:";

  private LifecycleMessages() {}

  /** What the wrappings around a message say about it. */
  private record Around(
      String owner, String regionId, @Nullable Instant at) {
    static final Around NOTHING = new Around("", "", null);

    Around with(JsonNode node, String ownerField, String regionField, String timeField) {
      String said = id(node.path(ownerField), ACCOUNT);
      String region = id(node.path(regionField), REGION);
      Instant time = time(node.path(timeField));
      return new Around(
          said.isEmpty() ? owner : said,
          region.isEmpty() ? regionId : region,
          time == null ? at : time);
    }
  }

  /** Reads the bytes a function was invoked with. Empty when they are nothing of Auto Scaling's. Never throws. */
  public static List<Received> read(byte[] bytes) {
    JsonNode json = parse(new String(bytes, StandardCharsets.UTF_8));
    return json == null ? List.of() : read(json, Around.NOTHING, 0);
  }

  /** Reads a message of a topic whose owner is known. */
  public static List<Received> read(String owner, String text) {
    JsonNode json = parse(text);
    return json == null ? List.of() : read(json, new Around(owner, "", null), 0);
  }

  private static List<Received> read(JsonNode node, Around around, int depth) {
    if (depth > DEPTH) {
      return List.of();
    }
    if (node.isArray()) {
      List<Received> all = new ArrayList<>();
      node.forEach(each -> all.addAll(read(each, around, depth + 1)));
      return all;
    }
    if (node.path("specversion").isTextual()) {
      return event(node, around, depth);
    }
    if (node.path("TopicName").isTextual() && node.has("Message")) {
      return inner(node.path("Message"), around.with(node, "TopicOwner", "", "PublishTime"), depth);
    }
    if (node.has("body") && node.has("attrs")) {
      return inner(node.path("body"), around, depth);
    }
    return message(node, around);
  }

  private static List<Received> event(JsonNode event, Around around, int depth) {
    String type = event.path("type").asText();
    if (type.equals(TEST)) {
      return List.of(new Received.Ignored("a test of EventBridge"));
    }
    Around here = around.with(event, "aliyunaccountid", "aliyunregionid", "time");
    List<Received> found = inner(event.path("data"), here, depth);
    if (!found.isEmpty()) {
      return found;
    }
    boolean isHook = type.startsWith(HOOK_EVENT);
    return List.of(
        isHook
            ? new Received.Malformed(
                "event " + type + ": its data has neither lifecycleHookId nor lifecycleActionToken")
            : new Received.Ignored("an event of type " + type));
  }

  private static List<Received> inner(JsonNode node, Around around, int depth) {
    JsonNode json = node.isTextual() ? parse(node.textValue()) : node;
    return json == null ? List.of() : read(json, around, depth + 1);
  }

  private static List<Received> message(JsonNode root, Around around) {
    JsonNode content = MissingNode.getInstance();
    for (JsonNode each :
        List.of(root, root.path("content"), root.path("data"), root.at("/data/content"))) {
      if (content.isMissingNode()
          && each.path("lifecycleHookId").isTextual()
          && each.path("lifecycleActionToken").isTextual()) {
        content = each;
      }
    }
    if (content.isMissingNode()) {
      return List.of();
    }
    Around here = around.with(root, "", "regionId", "time");
    List<String> instances = new ArrayList<>();
    for (JsonNode instance : content.path("instanceIds")) {
      instances.add(id(instance, ID));
    }
    LifecycleMessage message = new LifecycleMessage(
        here.owner(),
        id(root.path("userId"), ACCOUNT),
        here.regionId(),
        id(content.path("lifecycleHookId"), ID),
        plain(content.path("lifecycleHookName")),
        id(content.path("lifecycleActionToken"), ID),
        content.path("lifecycleTransition").asText(""),
        id(content.path("scalingGroupId"), ID),
        plain(content.path("scalingGroupName")),
        id(content.path("scalingActivityId"), ID),
        instances,
        result(content.path("defaultResult").asText("")),
        here.at());
    String wrong = wrong(message);
    return List.of(
        wrong.isEmpty()
            ? new Received.Hook(message)
            : new Received.Malformed("hook message: " + wrong));
  }

  private static String wrong(LifecycleMessage message) {
    if (message.hookId().isEmpty() || message.token().isEmpty()) {
      return "lifecycleHookId or lifecycleActionToken is no id";
    }
    if (message.groupId().isEmpty() || message.activityId().isEmpty()) {
      return "scalingGroupId and scalingActivityId are needed to confirm it";
    }
    if (!message.transition().equals("SCALE_OUT") && !message.transition().equals("SCALE_IN")) {
      return "lifecycleTransition is neither SCALE_OUT nor SCALE_IN";
    }
    if (message.instanceIds().isEmpty() || message.instanceIds().size() > MOST_INSTANCES) {
      return message.instanceIds().size() + " instances, 1 to " + MOST_INSTANCES + " expected";
    }
    return message.instanceIds().contains("") ? "an instance id is no id" : "";
  }

  private static String id(JsonNode node, Pattern pattern) {
    String text = node.isValueNode() ? node.asText("") : "";
    return pattern.matcher(text).matches() ? text : "";
  }

  /** Names are for people: one line, not long. */
  private static String plain(JsonNode node) {
    String text =
        node.isTextual() ? node.textValue().replaceAll("\\p{Cntrl}", " ").strip() : "";
    return text.length() > 128 ? text.substring(0, 128) : text;
  }

  private static String result(String text) {
    return List.of("CONTINUE", "ABANDON", "ROLLBACK").contains(text) ? text : "";
  }

  /** ISO 8601 with any offset, or milliseconds since 1970. */
  private static @Nullable Instant time(JsonNode node) {
    try {
      if (node.isIntegralNumber()) {
        return Instant.ofEpochMilli(node.longValue());
      }
      String text = node.asText("");
      if (text.isEmpty()) {
        return null;
      }
      return text.chars().allMatch(Character::isDigit)
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable JsonNode parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return null;
    }
    if (stripped.charAt(0) != '{' && stripped.charAt(0) != '[') {
      try {
        // queue clients, and Auto Scaling where MessageEncoding says so, send Base64
        byte[] decoded = Base64.getMimeDecoder().decode(stripped);
        stripped = new String(decoded, StandardCharsets.UTF_8).strip();
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    if (stripped.isEmpty() || (stripped.charAt(0) != '{' && stripped.charAt(0) != '[')) {
      return null;
    }
    try {
      return JSON.readTree(stripped);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
