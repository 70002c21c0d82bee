package chatops.execution.aliyun;

import chatops.engine.cloud.Session;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what a cloud or an SDK said before it can reach a row, a log or a chat: the session's own values in
 * plain and URL-encoded form, and whatever follows a well-known secret name (a signed URL, a string to sign).
 */
final class Redaction {
  private static final String MASK = "***";

  private static final Pattern NAMED = Pattern.compile(
      "(?i)((?:security-?token|x-acs-security-token|x-oss-security-token|x-acs-accesskey-id|access-?key-?id"
          + "|access-?key-?secret|access_token|signature|sign|authorization|credential|bearer)"
          + "(?:\"?\\s*[:=]\\s*\"?|%3D|%253D))([^\\s&\",;%]|%(?!26|2526))+");

  private Redaction() {}

  static String text(String text, Session session) {
    String result = text;
    for (String secret :
        new String[] {session.securityToken(), session.accessKeySecret(), session.accessKeyId()}) {
      // shorter values are no secrets, and would riddle the message
      if (secret.length() >= 6) {
        result = result
            .replace(secret, MASK)
            .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), MASK);
      }
    }
    return NAMED.matcher(result).replaceAll("$1" + MASK);
  }

  /** A copy of an error body whose texts are redacted; selectors of WaitFor and CheckFor may read it. */
  static JsonNode json(JsonNode body, Session session) {
    if (body.isTextual()) {
      return TextNode.valueOf(text(body.textValue(), session));
    }
    if (body instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        copy.set(field.getKey(), json(field.getValue(), session));
      }
      return copy;
    }
    if (body instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      for (JsonNode element : array) {
        copy.add(json(element, session));
      }
      return copy;
    }
    return body;
  }
}
