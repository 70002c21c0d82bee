package chatops.chat.handover;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a {@link HandOver}: {@code {"kind":"chatops/v1","type":"run",…}}, at most {@value #LIMIT} bytes (what
 * FC accepts asynchronously). Unknown fields are ignored, so that a newer Front can talk to an older Execution.
 */
public final class HandOverJson {
  /** What {@code kind} says; how Execution tells a hand-over from a timer, topic or other event. */
  public static final String KIND = "chatops/v1";

  /** Bytes of an asynchronous payload (Function Compute, "Asynchronous invocation"). */
  public static final int LIMIT = 131_072;

  private static final String PLACE = "hand-over";

  private HandOverJson() {}

  /**
   * As {@link #encode(HandOver)}, readable to nobody on the way: Function Compute keeps asynchronous messages, shows them in its
   * console, and sends those it gives up elsewhere, while a command may carry a password.
   *
   * @throws HandOverException when the message is larger than {@link #LIMIT}
   */
  public static byte[] encode(HandOver message, Seal seal) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", KIND);
    json.put("type", "sealed");
    // in clear, so that a message that cannot be opened is told by its name
    json.put("executionId", executionId(message));
    json.put("text", seal.sealText(new String(encode(message), StandardCharsets.UTF_8), PLACE));
    return limited(JsonWriter.bytes(json));
  }

  private static String executionId(HandOver message) {
    if (message instanceof HandOver.Run) {
      return ((HandOver.Run) message).executionId();
    } else if (message instanceof HandOver.Decide) {
      return ((HandOver.Decide) message).executionId();
    } else if (message instanceof HandOver.Answer) {
      return ((HandOver.Answer) message).executionId();
    } else if (message instanceof HandOver.Wake) {
      return ((HandOver.Wake) message).executionId();
    }
    return "";
  }

  /** @throws HandOverException when the bytes are no hand-over, sealed or not; names the field, or the execution of what does not open */
  public static HandOver decode(byte[] bytes, Seal seal) {
    String of = "";
    try {
      JsonObject json = JsonReader.object(limited(bytes));
      if (!json.text("type", "").equals("sealed")) {
        return decode(bytes);
      }
      String id = json.text("executionId", "");
      of = id.isEmpty() ? "" : " of " + id;
      return decode(seal.openText(json.text("text"), PLACE).getBytes(StandardCharsets.UTF_8));
    } catch (JsonException e) {
      throw new HandOverException("hand-over message" + of + ": " + e.getMessage());
    } catch (SealException e) {
      throw new HandOverException("hand-over message" + of + ": " + e.getMessage()
          + "; CHATOPS_SEAL_KEYS of Front and of Execution must hold the same keys");
    }
  }

  private static byte[] limited(byte[] bytes) {
    if (bytes.length > LIMIT) {
      throw new HandOverException("the message is " + bytes.length
          + " bytes; Function Compute takes " + LIMIT + ": shorten the command's arguments");
    }
    return bytes;
  }

  /** @throws HandOverException when the message is larger than {@link #LIMIT} */
  public static byte[] encode(HandOver message) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", KIND);
    if (message instanceof HandOver.Run) {
      run((HandOver.Run) message, json);
    } else if (message instanceof HandOver.Decide) {
      decide((HandOver.Decide) message, json);
    } else if (message instanceof HandOver.Answer) {
      answer((HandOver.Answer) message, json);
    } else if (message instanceof HandOver.Wake) {
      json.put("type", "wake");
      json.put("executionId", ((HandOver.Wake) message).executionId());
      json.put("version", ((HandOver.Wake) message).version());
    } else if (message instanceof HandOver.Sweep) {
      json.put("type", "sweep");
    } else if (message instanceof HandOver.Ask) {
      ask((HandOver.Ask) message, json);
    } else if (message instanceof HandOver.Notification) {
      notification((HandOver.Notification) message, json);
    } else if (message instanceof HandOver.Submit) {
      run(((HandOver.Submit) message).run(), json);
      json.put("type", "submit");
    } else if (message instanceof HandOver.Enter) {
      json.put("type", "enter");
      json.put("nonce", ((HandOver.Enter) message).nonce());
      json.put("visit", ((HandOver.Enter) message).visit());
      json.put("until", ((HandOver.Enter) message).until().toString());
    }
    return limited(JsonWriter.bytes(json));
  }

  /** @throws HandOverException when the bytes are no hand-over; names the field */
  public static HandOver decode(byte[] bytes) {
    if (bytes.length > LIMIT) {
      throw new HandOverException("the message is " + bytes.length + " bytes; at most " + LIMIT);
    }
    try {
      return decode(JsonReader.object(bytes));
    } catch (JsonException | DateTimeException e) {
      throw new HandOverException("hand-over message: " + e.getMessage());
    }
  }

  private static HandOver decode(JsonObject json) {
    if (!KIND.equals(json.text("kind"))) {
      throw new HandOverException("hand-over message: kind is not " + KIND);
    }
    String type = json.text("type");
    switch (type) {
      case "run":
        return run(json);
      case "submit":
        return new HandOver.Submit(run(json));
      case "enter":
        return new HandOver.Enter(
            json.text("nonce"), json.text("visit"), Instant.parse(json.text("until")));
      case "decide":
        return new HandOver.Decide(
            json.text("decisionId"),
            json.text("executionId"),
            json.text("approvalId"),
            json.flag("approve"),
            json.text("reason", ""),
            principal(json.object("principal")),
            place(json.object("place")),
            language(json),
            Instant.parse(json.text("receivedAt")),
            json.text("reply", ""),
            guard(json));
      case "answer":
        return new HandOver.Answer(
            json.text("decisionId"),
            json.text("executionId"),
            json.text("questionId"),
            json.text("answer"),
            principal(json.object("principal")),
            place(json.object("place")),
            language(json),
            Instant.parse(json.text("receivedAt")),
            json.text("reply", ""),
            guard(json));
      case "wake":
        return new HandOver.Wake(json.text("executionId"), json.number("version"));
      case "sweep":
        return new HandOver.Sweep();
      case "ask":
        return new HandOver.Ask(
            json.text("what"),
            json.text("executionId"),
            json.text("id", ""),
            principal(json.object("principal")),
            json.has("place") ? place(json.object("place")) : new Place(Platform.WEB, "", ""),
            language(json),
            json.textMap("filters"));
      case "notification":
        return new HandOver.Notification(
            json.text("owner"),
            json.text("topic"),
            json.text("messageId"),
            json.text("message"),
            Instant.parse(json.text("receivedAt")));
      default:
        throw new HandOverException(
            "hand-over message: type is none of run, decide, answer, wake, sweep, ask, submit, enter, notification");
    }
  }

  private static HandOver.Run run(JsonObject json) {
    return new HandOver.Run(
        json.text("executionId"),
        principal(json.object("principal")),
        place(json.object("place")),
        command(json.object("command")),
        language(json),
        Instant.parse(json.text("receivedAt")),
        json.text("rightsHash"),
        json.text("reply"),
        guard(json),
        json.text("dialog", ""));
  }

  private static void run(HandOver.Run run, Map<String, @Nullable Object> json) {
    json.put("type", "run");
    json.put("executionId", run.executionId());
    json.put("principal", principal(run.principal()));
    json.put("place", place(run.place()));
    json.put("command", command(run.command()));
    json.put("language", run.language().name());
    json.put("receivedAt", run.receivedAt().toString());
    json.put("rightsHash", run.rightsHash());
    json.put("reply", run.reply());
    guard(run.guard(), json);
    if (!run.dialog().isEmpty()) {
      json.put("dialog", run.dialog());
    }
  }

  private static void decide(HandOver.Decide decide, Map<String, @Nullable Object> json) {
    json.put("type", "decide");
    json.put("decisionId", decide.decisionId());
    json.put("executionId", decide.executionId());
    json.put("approvalId", decide.approvalId());
    json.put("approve", decide.approve());
    json.put("reason", decide.reason());
    json.put("principal", principal(decide.principal()));
    json.put("place", place(decide.place()));
    json.put("language", decide.language().name());
    json.put("receivedAt", decide.receivedAt().toString());
    json.put("reply", decide.reply());
    guard(decide.guard(), json);
  }

  private static void answer(HandOver.Answer answer, Map<String, @Nullable Object> json) {
    json.put("type", "answer");
    json.put("decisionId", answer.decisionId());
    json.put("executionId", answer.executionId());
    json.put("questionId", answer.questionId());
    json.put("answer", answer.answer());
    json.put("principal", principal(answer.principal()));
    json.put("place", place(answer.place()));
    json.put("language", answer.language().name());
    json.put("receivedAt", answer.receivedAt().toString());
    json.put("reply", answer.reply());
    guard(answer.guard(), json);
  }

  private static void ask(HandOver.Ask ask, Map<String, @Nullable Object> json) {
    json.put("type", "ask");
    json.put("what", ask.what());
    json.put("executionId", ask.executionId());
    json.put("id", ask.id());
    json.put("principal", principal(ask.principal()));
    json.put("place", place(ask.place()));
    json.put("language", ask.language().name());
    json.put("filters", ask.filters());
  }

  private static void notification(
      HandOver.Notification notification, Map<String, @Nullable Object> json) {
    json.put("type", "notification");
    json.put("owner", notification.owner());
    json.put("topic", notification.topic());
    json.put("messageId", notification.messageId());
    json.put("message", notification.message());
    json.put("receivedAt", notification.receivedAt().toString());
  }

  private static Map<String, Object> principal(Principal principal) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("platform", principal.platform().name());
    json.put("tenant", principal.tenant());
    json.put("user", principal.user());
    json.put("name", principal.name());
    return json;
  }

  private static Principal principal(JsonObject json) {
    return new Principal(
        platform(json), json.text("tenant"), json.text("user"), json.text("name", ""));
  }

  private static Map<String, Object> place(Place place) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("platform", place.platform().name());
    json.put("tenant", place.tenant());
    json.put("channel", place.channel());
    return json;
  }

  private static Place place(JsonObject json) {
    return new Place(platform(json), json.text("tenant"), json.text("channel"));
  }

  static Map<String, Object> command(Command command) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("family", command.family());
    json.put("verb", command.verb());
    json.put("arguments", command.arguments());
    json.put("options", command.options());
    return json;
  }

  static Command command(JsonObject json) {
    return new Command(
        json.text("family"), json.text("verb"), json.texts("arguments"), json.textMap("options"));
  }

  private static void guard(HandOver.@Nullable Guard guard, Map<String, @Nullable Object> json) {
    if (guard != null) {
      Map<String, Object> hashes = new LinkedHashMap<>();
      hashes.put("pairHash", guard.pairHash());
      hashes.put("messageHash", guard.messageHash());
      json.put("guard", hashes);
    }
  }

  private static HandOver.@Nullable Guard guard(JsonObject json) {
    if (!json.has("guard")) {
      return null;
    }
    JsonObject guard = json.object("guard");
    return new HandOver.Guard(guard.text("pairHash"), guard.text("messageHash"));
  }

  private static Platform platform(JsonObject json) {
    String name = json.text("platform");
    for (Platform platform : Platform.values()) {
      if (platform.name().equals(name)) {
        return platform;
      }
    }
    throw new HandOverException(json.at("platform") + " is none of SLACK, DINGTALK, WEB, CLI");
  }

  private static Language language(JsonObject json) {
    String name = json.text("language");
    for (Language language : Language.values()) {
      if (language.name().equals(name)) {
        return language;
      }
    }
    throw new HandOverException(json.at("language") + " is none of EN, ZH, JA");
  }
}
