package chatops.engine.template;

import chatops.engine.expression.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/** A YAML or JSON text that is no template, with the place of each value, read by the rules templates are read by. Not thread-safe. */
public final class PlainDocument {
  private final Findings findings = new Findings();
  private final JsonNode root;

  private PlainDocument(String text) {
    root = new DocumentReader(findings).read(text).orElse(MissingNode.getInstance());
  }

  /** Whatever the text is: what is wrong with it is among the findings. */
  public static PlainDocument read(String text) {
    return new PlainDocument(text);
  }

  /** Missing where the text cannot be read. */
  public JsonNode root() {
    return root;
  }

  /** @param pointer JSON pointer of the value it is about */
  public void add(Fault fault, String pointer, String message, String remedy) {
    findings.add(fault, pointer, message, remedy);
  }

  public boolean hasErrors() {
    return findings.hasErrors();
  }

  /** In the order of the text. */
  public List<Finding> findings() {
    return findings.inOrder();
  }
}
