package chatops.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameScopeTest {
  @Test
  void an_item_without_the_output_has_json_null_in_its_place() {
    ObjectNode done = JsonNodeFactory.instance.objectNode().put("rid", "r");
    ObjectNode failed = JsonNodeFactory.instance.objectNode();

    assertThat(FrameScope.column(List.of(done, failed), "rid"))
        .containsExactly((JsonNode) TextNode.valueOf("r"), NullNode.getInstance());
  }
}
