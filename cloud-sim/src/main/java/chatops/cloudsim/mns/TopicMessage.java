package chatops.cloudsim.mns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/** One message of a topic and the forms it is pushed in (MNS, "Message push format"; FC, "SMQ topic trigger"). */
record TopicMessage(
    String topicOwner,
    String topicName,
    String messageId,
    String body,
    String tag,
    Instant publishedAt) {

  byte[] in(Subscription.Format format, String subscription) {
    String text = switch (format) {
      case XML -> xml(subscription);
      case JSON -> json(subscription);
      case SIMPLIFIED, STREAM -> body;
    };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String type(Subscription.Format format) {
    return switch (format) {
      case XML -> "text/xml;charset=utf-8";
      case JSON -> "application/json;charset=utf-8";
      case SIMPLIFIED, STREAM -> "text/plain;charset=utf-8";
    };
  }

  private String md5() {
    return DigestUtils.md5Hex(body).toUpperCase(Locale.ROOT);
  }

  private String json(String subscription) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("TopicOwner", topicOwner)
        .put("TopicName", topicName)
        .put("Subscriber", topicOwner)
        .put("SubscriptionName", subscription)
        .put("MessageId", messageId)
        .put("MessageMD5", md5())
        .put("Message", body)
        .put("PublishTime", publishedAt.toEpochMilli())
        .toString();
  }

  private String xml(String subscription) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.append("<Notification xmlns=\"http://mns.aliyuncs.com/doc/v1/\">\n");
    element(xml, "TopicOwner", topicOwner);
    element(xml, "TopicName", topicName);
    element(xml, "Subscriber", topicOwner);
    element(xml, "SubscriptionName", subscription);
    element(xml, "MessageId", messageId);
    element(xml, "MessageMD5", md5());
    if (!tag.isEmpty()) {
      element(xml, "MessageTag", tag);
    }
    element(xml, "Message", body);
    element(xml, "PublishTime", String.valueOf(publishedAt.toEpochMilli()));
    return xml.append("</Notification>\n").toString();
  }

  private static void element(StringBuilder xml, String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    xml.append("  <").append(name).append('>').append(escaped);
    xml.append("</").append(name).append(">\n");
  }
}
