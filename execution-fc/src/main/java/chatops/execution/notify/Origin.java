package chatops.execution.notify;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.handover.HandOver;
import java.util.Map;

/**
 * Where an execution was asked for, as the engine carries it for us.
 *
 * @param what the command, such as {@code ecs start}
 * @param name display name of the person who asked
 */
public record Origin(
    Platform platform, String tenant, String channel, Language language, String what, String name) {

  public static Origin of(HandOver.Run run) {
    return new Origin(
        run.place().platform(),
        run.place().tenant(),
        run.place().channel(),
        run.language(),
        run.command().name(),
        run.principal().name());
  }

  public static Origin of(Map<String, String> map) {
    return new Origin(
        Platform.valueOf(map.getOrDefault("platform", "CLI")),
        map.getOrDefault("tenant", ""),
        map.getOrDefault("channel", ""),
        Language.valueOf(map.getOrDefault("language", "EN")),
        map.getOrDefault("what", ""),
        map.getOrDefault("name", ""));
  }

  public Map<String, String> toMap() {
    return Map.of(
        "platform",
        platform.name(),
        "tenant",
        tenant,
        "channel",
        channel,
        "language",
        language.name(),
        "what",
        what,
        "name",
        name);
  }
}
