package chatops.local.rehearsal.synthesis;

import chatops.local.rehearsal.reading.Form;
import chatops.local.rehearsal.reading.MadeUpText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.IdentityHashMap;
import java.util.function.Function;

/** A value of a form that no request asks for: a parameter, an event. */
public final class Sketch {
  private Sketch() {}

  static JsonNode of(Form form, MadeUpText texts, int number) {
    return of(form, texts, number, Choices.first(), text -> JsonNodeFactory.instance.nullNode());
  }

  /** @param references values of {@code {{ … }}} */
  public static JsonNode of(
      Form form,
      MadeUpText texts,
      int number,
      Choices choices,
      Function<String, JsonNode> references) {
    return new ReplyMaking(
            JsonNodeFactory.instance.objectNode(),
            choices,
            texts,
            new IdentityHashMap<>(),
            references)
        .make(form, number);
  }
}
