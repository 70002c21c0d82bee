package chatops.cloudsim.slack;

import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.journal.Journal;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One Slack workspace with one app: people type commands and press buttons here, which reach the app as signed requests; what the app posts to response URLs and the Web
 * API stands in the channels. Thread-safe.
 */
public final class SlackWorkspace {
  private final SlackApp app;
  private final InstantSource clock;
  private final SlackChannels channels;
  private final ResponseUrls urls;
  private final Triggers triggers;
  private final SlackHooks hooks;
  private final SlackApi api;
  private final Modals modals;
  private final SlackScreen screen;
  private final SlackSender sender;
  private final SlackPayloads payloads;
  private volatile List<Shortcut> shortcuts = List.of();
  private volatile URI hooksBase = URI.create("https://hooks.slack.com");
  private volatile URI commandUrl = URI.create("http://127.0.0.1:1/");
  private volatile URI interactionUrl = URI.create("http://127.0.0.1:1/");

  public SlackWorkspace(
      SlackApp app, InstantSource clock, Names names, WebClient client, Journal journal) {
    this.app = app;
    this.clock = clock;
    channels = new SlackChannels(clock, journal);
    urls = new ResponseUrls(clock, names, journal);
    triggers = new Triggers(clock, names);
    hooks = new SlackHooks(channels, urls, app.appId());
    modals = new Modals(clock, names);
    api = new SlackApi(channels, triggers, modals, app, clock);
    sender = new SlackSender(client, channels, app, clock);
    payloads = new SlackPayloads(app);
    screen = new SlackScreen(modals, payloads, this::interact, this::trigger, this::channelUrl);
  }

  private Interaction interact(String user, String payload) {
    return sender.sign(
        interactionUrl, encode(Map.of("payload", payload)), new SlackSender.Place("", user, ""));
  }

  private String trigger(String user) {
    return triggers.mint(user, "");
  }

  private String channelUrl(String user, String channel) {
    return hooksBase + urls.mint("app", app.teamId(), channel, user, Optional.empty());
  }

  public SlackApp app() {
    return app;
  }

  public SlackChannels channels() {
    return channels;
  }

  public SlackHooks hooks() {
    return hooks;
  }

  public SlackApi api() {
    return api;
  }

  public Modals modals() {
    return modals;
  }

  /** What people do in modals. */
  public SlackScreen screen() {
    return screen;
  }

  /** The app's shortcuts, as its manifest would name them. */
  public void offer(List<Shortcut> offered) {
    shortcuts = List.copyOf(offered);
  }

  public List<Shortcut> shortcuts() {
    return shortcuts;
  }

  /** A person uses a shortcut of the app that is offered everywhere. @param channel where the person is, empty for nowhere */
  public Interaction shortcut(String user, String channel, String callbackId) {
    return interact(
        user, payloads.shortcut(user, callbackId, triggers.mint(user, channel), clock.instant()));
  }

  /** A person uses a shortcut in the menu of a message. */
  public Interaction shortcut(String user, SlackMessage message, String callbackId) {
    String responseUrl =
        hooksBase + urls.mint("actions", app.teamId(), message.channel(), user, Optional.empty());
    return interact(
        user,
        payloads.messageShortcut(
            user,
            message,
            callbackId,
            triggers.mint(user, message.channel()),
            responseUrl,
            clock.instant()));
  }

  /** A channel that the bot is a member of. */
  public void channel(String id, String name) {
    channels.add(new SlackChannels.Channel(id, name, true, false));
  }

  /** Where response URLs point; set by whoever serves {@link #hooks}. */
  public void serveHooksAt(URI base) {
    hooksBase = base;
  }

  /** The app's request URLs, as its manifest would name them. */
  public void pointAt(URI commands, URI interactions) {
    commandUrl = commands;
    interactionUrl = interactions;
  }

  /** A person types {@code /ecs start i-1}: the first word is the command, the rest its text. */
  public Interaction command(String user, String channel, String typed) {
    Map<String, String> form = commandForm(user, channel, typed);
    return sender.sign(
        commandUrl, encode(form), place(user, channel, form.getOrDefault("command", typed)));
  }

  /** The same with another secret or time stamp, as a forger or a late packet would send it. */
  public Interaction forgedCommand(
      String user, String channel, String typed, String secret, Instant stamp) {
    Map<String, String> form = commandForm(user, channel, typed);
    return sender.sign(
        commandUrl,
        encode(form),
        place(user, channel, form.getOrDefault("command", typed)),
        secret,
        stamp);
  }

  /** A person presses the button with this action id (or value) under a message. */
  public Interaction click(String user, SlackMessage message, String action) {
    JsonNode element = find(message.blocks(), action)
        .orElseThrow(() ->
            new IllegalArgumentException("message " + message.ts() + " has no button " + action));
    String responseUrl = hooksBase
        + urls.mint("actions", app.teamId(), message.channel(), user, Optional.of(message.ts()));
    String payload = payloads.click(
        user,
        message,
        element,
        triggers.mint(user, message.channel()),
        responseUrl,
        clock.instant());
    return sender.sign(
        interactionUrl,
        encode(Map.of("payload", payload)),
        new SlackSender.Place(message.channel(), user, ""));
  }

  /** The very same request once more, as a retrying network would send it. */
  public Interaction again(Interaction earlier, String user, String channel) {
    return sender.send(
        earlier.url(), earlier.headers(), earlier.body(), place(user, channel, "/again"));
  }

  SlackSender sender() {
    return sender;
  }

  private Map<String, String> commandForm(String user, String channel, String typed) {
    String line = typed.strip();
    int space = line.indexOf(' ');
    Map<String, String> form = new LinkedHashMap<>();
    form.put("token", app.verificationToken());
    form.put("team_id", app.teamId());
    form.put("team_domain", app.teamDomain());
    form.put("channel_id", channel);
    form.put(
        "channel_name",
        channels.find(channel).map(SlackChannels.Channel::name).orElse("privategroup"));
    form.put("user_id", user);
    form.put("user_name", user.toLowerCase(Locale.ROOT));
    form.put("command", space < 0 ? line : line.substring(0, space));
    form.put("text", space < 0 ? "" : line.substring(space + 1));
    form.put("api_app_id", app.appId());
    form.put("is_enterprise_install", "false");
    form.put(
        "response_url",
        hooksBase + urls.mint("commands", app.teamId(), channel, user, Optional.empty()));
    form.put("trigger_id", triggers.mint(user, channel));
    return form;
  }

  private static SlackSender.Place place(String user, String channel, String whatFailed) {
    return new SlackSender.Place(channel, user, whatFailed);
  }

  private static Optional<JsonNode> find(JsonNode blocks, String action) {
    for (JsonNode block : blocks) {
      for (JsonNode element : elements(block)) {
        if (element.path("action_id").asText().equals(action)
            || element.path("value").asText().equals(action)) {
          ObjectNode found = element.deepCopy();
          return Optional.of(found.put("block_id", block.path("block_id").asText("b1")));
        }
      }
    }
    return Optional.empty();
  }

  private static Iterable<JsonNode> elements(JsonNode block) {
    JsonNode accessory = block.path("accessory");
    return accessory instanceof MissingNode ? block.path("elements") : List.of(accessory);
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
