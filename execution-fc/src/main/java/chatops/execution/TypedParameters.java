package chatops.execution;

import chatops.chat.command.Command;
import chatops.chat.form.Entry;
import chatops.chat.form.FormField;
import chatops.chat.form.FormField.Kind;
import chatops.chat.form.TemplateForm;
import chatops.chat.handover.HandOver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a run by what its template declares: what people spell in words of their own, such as targets, is turned into
 * what the engine takes; from a window every value is.
 *
 * @param given as they came, by field
 * @param values as the engine takes them, by field
 * @param command with these values
 */
record TypedParameters(
    Map<FormField, String> given, Map<FormField, String> values, Command command) {

  static TypedParameters of(HandOver.Run run, TemplateForm form, String region) {
    Command command = run.command();
    List<String> words = command.arguments().subList(1, command.arguments().size());
    boolean isWindow = !run.dialog().isEmpty();
    Map<FormField, String> given = form.given(words);
    Map<FormField, String> values = new LinkedHashMap<>();
    for (Map.Entry<FormField, String> entry : given.entrySet()) {
      Kind kind = entry.getKey().kind();
      boolean isSpelled = isWindow || kind == Kind.TARGETS || kind == Kind.RATE;
      values.put(
          entry.getKey(),
          isSpelled ? Entry.toValue(entry.getKey(), entry.getValue(), region) : entry.getValue());
    }
    String role = command.options().getOrDefault("role", "");
    FormField roleField = form.field("OOSAssumeRole");
    if (!role.isEmpty() && roleField != null) {
      values.putIfAbsent(roleField, role);
    }
    List<String> turned = new ArrayList<>(List.of(command.arguments().get(0)));
    for (String word : words) {
      int equals = word.indexOf('=');
      FormField field = equals < 1 ? null : form.field(word.substring(0, equals));
      String value = field == null ? null : values.get(field);
      turned.add(value == null ? word : word.substring(0, equals + 1) + value);
    }
    return new TypedParameters(
        given, values, new Command(command.family(), command.verb(), turned, command.options()));
  }

  /** Whether the person gave nothing yet, so that a form needs to blame nothing. */
  boolean isBare() {
    return given.isEmpty();
  }
}
