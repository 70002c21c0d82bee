package chatops.execution.scaling;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.Scaling;
import chatops.engine.Engine;
import chatops.engine.EngineException;
import chatops.engine.FrozenException;
import chatops.engine.RefusedException;
import chatops.engine.StartExecution;
import chatops.engine.Started;
import chatops.engine.execution.Person;
import chatops.engine.expression.EmptyScope;
import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionException;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.StoreException;
import chatops.engine.template.Parameter;
import chatops.execution.notify.Origin;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts what {@code chatops.yaml} says for a hook: one execution of the shipped template ESS-LifecycleHook for each token, whose id is
 * derived from the token, so that every further delivery by whatever way finds it there. The execution confirms the hook
 * before anything else; here only what needs no call is checked. Thread-safe.
 */
public final class Hooks {
  static final String TEMPLATE = "ESS-LifecycleHook";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int HEARTBEATS = 20;
  private static final Person AUTO_SCALING = Person.of("ess:autoscaling", "Auto Scaling");

  private final Supplier<Configuration> configuration;
  private final Engine engine;
  private final Seal seal;
  private final ActivityCards cards;
  private final Lines log;
  private final InstantSource clock;

  /** Where lines of the function's log go. */
  public interface Lines {
    void line(String execution, String text);
  }

  public Hooks(
      Supplier<Configuration> configuration,
      Engine engine,
      Seal seal,
      ActivityCards cards,
      Lines log,
      InstantSource clock) {
    this.configuration = configuration;
    this.engine = engine;
    this.seal = seal;
    this.cards = cards;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Starts the hook's execution if it is not there, and takes it as far as it gets.
   *
   * @throws StoreException when it is not certain that the hook is kept: whoever delivered must deliver again
   */
  public void take(Received received, Instant deadline) {
    if (received instanceof Received.Ignored ignored) {
      log.line("", "scaling: nothing to do: " + ignored.why());
    } else if (received instanceof Received.Malformed malformed) {
      log.line("", "audit=hook-refused reason=" + malformed.why());
    } else if (received instanceof Received.Hook hook) {
      take(hook.message(), deadline);
    }
  }

  private void take(LifecycleMessage message, Instant deadline) {
    Configuration now = configuration.get();
    String wrong = foreign(message, now);
    if (!wrong.isEmpty()) {
      log.line(
          "",
          "audit=hook-refused group=" + message.groupId() + " hook=" + message.hookId() + " reason="
              + wrong);
      return;
    }
    Scaling.Hook entry = now.scaling()
        .hook(message.groupId(), message.hookId(), message.hookName(), message.transition());
    if (entry == null) {
      log.line(
          "",
          "scaling: nothing to do: no entry of scaling.hooks fits hook " + message.hookId()
              + " of group " + message.groupId() + " for " + message.transition());
      return;
    }
    start(message, entry, now, deadline);
  }

  /** Why a message is not ours to act on; empty when it is. */
  private static String foreign(LifecycleMessage message, Configuration now) {
    String account = now.account();
    boolean isOurs = (message.owner().isEmpty() || message.owner().equals(account))
        && (message.userId().isEmpty() || message.userId().equals(account));
    if (!isOurs) {
      return "another account's";
    }
    if (!now.scaling().listensTo(message.groupId())) {
      return "no entry of scaling.hooks names the group";
    }
    return message.regionId().isEmpty() || now.regions().allowed().contains(message.regionId())
        ? ""
        : "region " + message.regionId() + " is not in regions.allowed";
  }

  private void start(
      LifecycleMessage message, Scaling.Hook entry, Configuration now, Instant deadline) {
    ExecutionId id = message.executionId();
    String region = message.regionId().isEmpty() ? now.regions().initial() : message.regionId();
    Instant at = message.at() == null ? clock.instant() : message.at();
    Placeholders facts = new Placeholders(message, region);
    ObjectNode values = values(entry);
    boolean completesItself = Placeholders.hasToken(values);
    HookFacts hook = HookFacts.of(message, entry, DAY.format(at), completesItself);
    Place chat = place(entry.chat().isEmpty() ? now.scaling().chat() : entry.chat());
    StartExecution wish = wish(message, entry, hook, values, facts, chat, now, region, at);
    try {
      if (engine.start(wish) == Started.ALREADY_THERE) {
        log.line(id.value(), "scaling: delivered again, nothing to do");
        return;
      }
    } catch (FrozenException e) {
      notStarted(id, wish, "frozen by " + e.freeze().by() + ": " + e.freeze().reason());
      return;
    } catch (RefusedException e) {
      notStarted(id, wish, String.valueOf(e.getMessage()));
      return;
    }
    log.line(
        id.value(),
        "scaling: hook=" + message.hookId() + " group=" + message.groupId() + " activity="
            + message.activityId() + " instances=" + message.instanceIds().size());
    cards.begun(id, wish.origin());
    goOn(id, deadline);
  }

  private void goOn(ExecutionId id, Instant deadline) {
    try {
      engine.advance(id, deadline);
    } catch (StoreException e) {
      // the row is there: the next sweep goes on
      log.line(id.value(), "scaling: going on later: " + e.getClass().getSimpleName());
    }
  }

  private void notStarted(ExecutionId id, StartExecution wish, String why) {
    log.line(id.value(), "scaling: not started: " + why);
    cards.refused(id, wish.replyAddress(), wish.origin(), why);
  }

  /**
   * What the template is started with: the entry's parameters, and the defaults of the template where they name facts of a hook, as those of the
   * public lifecycle templates do. A template that cannot be prepared fails in the execution, which then gives the hook its result.
   */
  private ObjectNode values(Scaling.Hook entry) {
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    JsonNode written = JSON.valueToTree(entry.parameters());
    written.properties().forEach(e -> given.set(e.getKey(), e.getValue()));
    for (Map.Entry<String, Parameter> parameter : declared(entry.template()).entrySet()) {
      String name = parameter.getKey();
      if (has(given, name)) {
        continue;
      }
      JsonNode byDefault = byDefault(parameter.getValue());
      if (name.equalsIgnoreCase("OOSAssumeRole") && !entry.ramRole().isEmpty()) {
        given.put(name, entry.ramRole());
      } else if (Placeholders.hasAny(byDefault)) {
        given.set(name, byDefault);
      }
    }
    return given;
  }

  private Map<String, Parameter> declared(String template) {
    try {
      return engine.parameters(template, "");
    } catch (StoreException e) {
      throw e;
    } catch (EngineException e) {
      return Map.of();
    }
  }

  /** As it is written; a default that is computed names no facts of a hook. */
  private static JsonNode byDefault(Parameter parameter) {
    Expression written = parameter.defaultValue();
    try {
      return written == null ? NullNode.getInstance() : written.evaluate(new EmptyScope());
    } catch (ExpressionException e) {
      return NullNode.getInstance();
    }
  }

  private static boolean has(ObjectNode given, String name) {
    boolean found = false;
    for (Map.Entry<String, JsonNode> e : given.properties()) {
      found |= e.getKey().equalsIgnoreCase(name);
    }
    return found;
  }

  private StartExecution wish(
      LifecycleMessage message,
      Scaling.Hook entry,
      HookFacts hook,
      ObjectNode values,
      Placeholders facts,
      @Nullable Place chat,
      Configuration now,
      String region,
      Instant at) {
    ArrayNode instances = JsonNodeFactory.instance.arrayNode();
    message.instanceIds().forEach(instances::add);
    boolean isEach = Placeholders.isEach(values);
    Map<String, JsonNode> parameters = new HashMap<>();
    parameters.put("regionId", TextNode.valueOf(region));
    parameters.put("scalingGroupId", TextNode.valueOf(message.groupId()));
    parameters.put("scalingActivityId", TextNode.valueOf(message.activityId()));
    parameters.put("lifecycleHookId", TextNode.valueOf(message.hookId()));
    parameters.put("lifecycleActionToken", TextNode.valueOf(message.token()));
    parameters.put("instanceIds", instances);
    parameters.put("notifiedAt", TextNode.valueOf(at.toString()));
    parameters.put("template", TextNode.valueOf(entry.template()));
    parameters.put("parameters", facts.replace(values));
    parameters.put(
        "items", isEach ? instances : JsonNodeFactory.instance.arrayNode().add("all"));
    parameters.put(
        "rateControl",
        JsonNodeFactory.instance
            .objectNode()
            .put("Mode", "Concurrency")
            .put("Concurrency", entry.concurrency())
            .put("MaxErrors", isEach ? hook.mayFail() : 0));
    parameters.put("completesItself", BooleanNode.valueOf(hook.completesItself()));
    parameters.put("failureResult", TextNode.valueOf(entry.failure()));
    parameters.put("heartbeats", IntNode.valueOf(entry.heartbeat() ? HEARTBEATS : 0));
    parameters.put("OOSAssumeRole", TextNode.valueOf(entry.ramRole()));
    Language language = chat == null ? now.language() : language(now, chat);
    Origin origin = new Origin(
        chat == null ? Platform.CLI : chat.platform(),
        chat == null ? "" : chat.tenant(),
        chat == null ? "" : chat.channel(),
        language,
        "ess hook",
        "Auto Scaling");
    ExecutionId id = message.executionId();
    return new StartExecution(
        id,
        TEMPLATE,
        "",
        parameters,
        AUTO_SCALING,
        chat == null ? "" : seal.seal(address(chat), id.value()),
        hook.addTo(origin.toMap()),
        region,
        "Automatic");
  }

  private static Language language(Configuration now, Place chat) {
    Configuration.Channel channel = now.channels()
        .get(chat.platform().name().toLowerCase(Locale.ROOT) + ":" + chat.tenant() + "/"
            + chat.channel());
    return channel != null && channel.language() != null ? channel.language() : now.language();
  }

  /** Nobody wrote there: it can be reached by a bot only. */
  private static ReplyAddress address(Place chat) {
    return new ReplyAddress(
        chat.platform(), chat.tenant(), chat.channel(), "", "", Instant.EPOCH, 0, false);
  }

  /** {@code slack:T0001/C0001}; the tenant may hold a slash of its own. Null where no chat is wanted. */
  private static @Nullable Place place(String id) {
    int colon = id.indexOf(':');
    int slash = id.lastIndexOf('/');
    return colon < 0 || slash < colon
        ? null
        : new Place(
            Platform.valueOf(id.substring(0, colon).toUpperCase(Locale.ROOT)),
            id.substring(colon + 1, slash),
            id.substring(slash + 1));
  }
}
