package chatops.execution.aliyun;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads an answer's bytes as JSON; XML becomes JSON by element name, with texts as strings and repeated names as lists. */
final class AnswerBody {
  private static final ObjectMapper JSON = new ObjectMapper()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private AnswerBody() {}

  /** Empty when the bytes are neither JSON nor XML. */
  static Optional<JsonNode> read(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.UTF_8).strip();
    if (start.startsWith("<") || start.startsWith("\uFEFF<")) {
      return xml(bytes);
    }
    try {
      JsonNode node = JSON.readTree(bytes);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> xml(byte[] bytes) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      // the default handler prints to standard error
      builder.setErrorHandler(null);
      Element root = builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement();
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.set(root.getTagName(), element(root));
      return Optional.of(result);
    } catch (ParserConfigurationException | SAXException | IOException e) {
      return Optional.empty();
    }
  }

  private static JsonNode element(Element element) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        add(object, inner.getTagName(), element(inner));
      }
    }
    return object.isEmpty()
        ? JsonNodeFactory.instance.textNode(element.getTextContent().strip())
        : object;
  }

  private static void add(ObjectNode object, String name, JsonNode value) {
    JsonNode present = object.get(name);
    if (present == null) {
      object.set(name, value);
    } else if (present instanceof ArrayNode array) {
      array.add(value);
    } else {
      object.set(name, JsonNodeFactory.instance.arrayNode().add(present).add(value));
    }
  }
}
