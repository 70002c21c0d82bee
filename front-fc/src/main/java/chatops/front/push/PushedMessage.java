package chatops.front.push;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What a topic pushed, in its formats XML and JSON (MNS, "Message push format"). SIMPLIFIED is the bare message, which does not say
 * whose topic it came from, and is not read.
 *
 * @param owner account id of the topic's owner
 * @param id the topic's own id of the message
 */
record PushedMessage(String owner, String topic, String id, String message) {
  private static final int LONGEST_NAME = 256;

  /** @throws PushRefusedException when the body has neither form */
  static PushedMessage read(byte[] body) throws PushRefusedException {
    int start = 0;
    while (start < body.length && (body[start] <= ' ' && body[start] >= 0)) {
      start++;
    }
    boolean isJson = start < body.length && body[start] == '{';
    Map<String, String> fields = isJson ? json(body) : xml(body);
    PushedMessage message = new PushedMessage(
        field(fields, "TopicOwner"),
        field(fields, "TopicName"),
        field(fields, "MessageId"),
        fields.getOrDefault("Message", ""));
    if (message.message().isEmpty()) {
      throw new PushRefusedException("the body has no Message");
    }
    return message;
  }

  private static String field(Map<String, String> fields, String name) throws PushRefusedException {
    String value = fields.getOrDefault(name, "").strip();
    if (value.isEmpty() || value.length() > LONGEST_NAME) {
      throw new PushRefusedException(
          "the body has no " + name + "; subscribe with format JSON or XML");
    }
    return value;
  }

  private static Map<String, String> json(byte[] body) throws PushRefusedException {
    try {
      JsonObject json = JsonReader.object(body);
      Map<String, String> fields = new HashMap<>();
      for (String name : new String[] {"TopicOwner", "TopicName", "MessageId", "Message"}) {
        fields.put(name, json.text(name, ""));
      }
      return fields;
    } catch (JsonException e) {
      throw new PushRefusedException("the body is no JSON object of texts", e);
    }
  }

  private static Map<String, String> xml(byte[] body) throws PushRefusedException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    // a stranger's entity could read our files or fill our memory
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    Map<String, String> fields = new HashMap<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      String name = null;
      int depth = 0;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT:
            depth++;
            name = depth == 2 ? reader.getLocalName() : null;
            if (depth == 1 && !reader.getLocalName().equals("Notification")) {
              throw new PushRefusedException("the body's root is not Notification");
            }
            break;
          case XMLStreamConstants.CHARACTERS:
          case XMLStreamConstants.CDATA:
            add(fields, name, reader.getText());
            break;
          case XMLStreamConstants.END_ELEMENT:
            depth--;
            name = null;
            break;
          case XMLStreamConstants.DTD:
            throw new PushRefusedException("the body declares a document type");
          default:
            break;
        }
      }
      return fields;
    } catch (XMLStreamException e) {
      throw new PushRefusedException("the body is neither JSON nor XML", e);
    }
  }

  private static void add(Map<String, String> fields, @Nullable String name, String text) {
    if (name != null) {
      fields.merge(name, text, String::concat);
    }
  }
}
