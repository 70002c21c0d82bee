package chatops.chat.form;

import chatops.chat.Language;
import chatops.chat.command.Command;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a window knows of the command it belongs to, and brings back when it is sent: no parameter's value, so no secret. The
 * platform keeps it and a person cannot change it; rights are asked again all the same.
 *
 * @param command {@code oos run} or {@code ecs start}
 * @param template to run; empty where it is chosen yet
 * @param options of the command
 * @param channel where the command was given; empty from a shortcut
 * @param reply address of the answer, sealed for {@code sealedFor}; empty when there is none
 */
public record FormContext(
    String command,
    String template,
    Map<String, String> options,
    String channel,
    Language language,
    String reply,
    String sealedFor) {
  /** Characters that Slack takes as {@code private_metadata} (docs.slack.dev, "Modal views"). */
  public static final int LONGEST = 3000;

  public FormContext {
    options = Map.copyOf(options);
  }

  public static FormContext of(
      Command command,
      String template,
      String channel,
      Language language,
      String reply,
      String sealedFor) {
    return new FormContext(
        command.name(), template, command.options(), channel, language, reply, sealedFor);
  }

  public FormContext about(String chosen) {
    return new FormContext(command, chosen, options, channel, language, reply, sealedFor);
  }

  public FormContext in(String chosen, String itsReply, String itsSealedFor) {
    return new FormContext(command, template, options, chosen, language, itsReply, itsSealedFor);
  }

  public Command with(List<String> arguments) {
    int space = command.indexOf(' ');
    return new Command(
        command.substring(0, space), command.substring(space + 1), arguments, options);
  }

  @Override
  public String toString() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("v", 1L);
    json.put("command", command);
    json.put("template", template);
    json.put("options", options);
    json.put("channel", channel);
    json.put("language", language.name());
    json.put("reply", reply);
    json.put("for", sealedFor);
    return JsonWriter.write(json);
  }

  /** Null when the text is no context of ours. */
  public static @Nullable FormContext read(String text) {
    try {
      JsonObject json = JsonObject.of(JsonReader.read(text), "");
      String command = json.text("command");
      if (json.number("v") != 1 || command.indexOf(' ') < 1) {
        return null;
      }
      return new FormContext(
          command,
          json.text("template"),
          json.textMap("options"),
          json.text("channel"),
          Language.valueOf(json.text("language")),
          json.text("reply"),
          json.text("for"));
    } catch (JsonException | IllegalArgumentException e) {
      return null;
    }
  }
}
