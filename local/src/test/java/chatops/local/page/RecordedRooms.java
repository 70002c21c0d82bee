package chatops.local.page;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rooms with one version of state that remember what was asked of them. */
class RecordedRooms implements ChatRooms {
  final List<String> asked = new CopyOnWriteArrayList<>();

  @Override
  public ObjectNode state() {
    return JsonMapper.builder().build().createObjectNode().put("version", 7);
  }

  @Override
  public void say(String room, String person, String text) {
    asked.add("say " + room + " " + person + " " + text);
  }

  @Override
  public void press(String entry, String person, String action, String value) {
    asked.add("press " + entry + " " + person + " " + action + " " + value);
  }

  @Override
  public void shortcut(String person, String shortcut, String entry) {
    asked.add("shortcut " + person + " " + shortcut + " " + entry);
  }

  @Override
  public void submit(String person, String modal, Map<String, String> values) {
    asked.add("submit " + person + " " + modal + " " + values);
  }

  @Override
  public void close(String person, String modal) {
    asked.add("close " + person + " " + modal);
  }
}
