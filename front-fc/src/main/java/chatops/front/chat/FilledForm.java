package chatops.front.chat;

import chatops.chat.command.Command;
import chatops.chat.form.Entry;
import chatops.chat.form.FormField;
import chatops.chat.form.FormField.Kind;
import chatops.chat.form.TemplateForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form with what a person typed into it, and the command it makes.
 *
 * @param typed by parameter; what was left empty is not there, or blank
 * @param bare the command without its arguments
 * @param region of a command that names none
 */
public record FilledForm(
    TemplateForm form, Map<String, String> typed, Command bare, String region) {
  public FilledForm {
    typed = Map.copyOf(typed);
  }

  /** Values as {@code name=value} says them, in the form's order. */
  public Map<FormField, String> values() {
    String where = where();
    Map<FormField, String> values = new LinkedHashMap<>();
    for (FormField field : form.fields()) {
      String value = typed(field.name());
      if (!value.isBlank()) {
        values.put(field, Entry.toValue(field, value, where));
      }
    }
    return values;
  }

  private String where() {
    FormField field = form.field(KnownForms.REGION);
    String chosen = field == null ? "" : typed(field.name()).strip();
    return chosen.isEmpty() ? bare.options().getOrDefault("region", region) : chosen;
  }

  private String typed(String name) {
    return typed.getOrDefault(name, "");
  }

  public Command command() {
    return bare.name().equals("oos run") ? run() : onInstances();
  }

  private Command onInstances() {
    Map<String, String> options = new LinkedHashMap<>(bare.options());
    String chosen = typed(KnownForms.REGION).strip();
    if (!chosen.isEmpty()) {
      options.put("region", chosen);
    }
    List<String> words = Entry.words(typed(KnownForms.TARGETS));
    return new Command(bare.family(), bare.verb(), words, options);
  }

  private Command run() {
    List<String> words = new ArrayList<>(List.of(form.template()));
    Map<String, String> options = new LinkedHashMap<>(bare.options());
    for (Map.Entry<FormField, String> value : values().entrySet()) {
      FormField field = value.getKey();
      // one thing said twice would be decided on by one value and run with the other
      if (field.kind() == Kind.REGION && field.name().equalsIgnoreCase(KnownForms.REGION)) {
        options.remove("region");
      }
      if (field.name().equalsIgnoreCase("OOSAssumeRole")) {
        options.remove("role");
      }
      boolean isDefault = !field.initial().isEmpty()
          && value.getValue().equals(Entry.toValue(field, field.initial(), where()));
      if (!isDefault) {
        words.add(field.name() + "=" + value.getValue());
      }
    }
    return new Command(bare.family(), bare.verb(), words, options);
  }
}
