package chatops.local.rehearsal;

import chatops.cloudsim.CloudCore;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.Pace;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.expression.JsonText;
import chatops.execution.aliyun.ParameterEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The simulated account of a rehearsal: every instance a template is told of exists in it. Not thread-safe. */
public final class Account {
  /** The account's number. */
  public static final String ID = "1234567890123456";

  private static final List<String> IDS =
      List.of("InstanceId", "InstanceIds", "ResourceId", "ResourceIds");

  private final PlayedCloud played;
  private final Like like;
  private final Map<String, Boolean> known = new LinkedHashMap<>();

  /** What the instances of the account are like at the start. */
  public record Like(boolean running, boolean windows, boolean classic, boolean prepaid) {
    public static final Like USUAL = new Like(true, false, false, false);
  }

  public Account(SettableClock clock, long seed, ParameterEncoder encoder, Like like) {
    this.played = new PlayedCloud(new CloudCore(clock, seed, ID, Pace.realistic()), encoder);
    this.like = like;
  }

  public PlayedCloud cloud() {
    return played;
  }

  /** One more instance, which must have an id. */
  public void add(InstanceSpec spec) {
    known.put(played.core().fleet().launch(spec), true);
  }

  /** What a call that was made once has launched does not exist before it is made anew. */
  void made(JsonNode reply) {
    reply
        .path("InstanceIdSets")
        .path("InstanceIdSet")
        .forEach(id -> known.putIfAbsent(id.asText(), true));
  }

  /** Makes exist what a call names. */
  public void prepare(ApiRequest request) {
    String region = request.regionId();
    for (String name : IDS) {
      request.parameters().properties().stream()
          .filter(parameter -> parameter.getKey().equalsIgnoreCase(name))
          .forEach(parameter -> exist(parameter.getValue(), region));
    }
    JsonNode tags = request.parameters().path("Tags");
    if (tags.isArray()
        && !tags.isEmpty()
        && request.api().toLowerCase(java.util.Locale.ROOT).startsWith("describe")) {
      if (known.putIfAbsent(region + tags, true) == null) {
        InstanceSpec tagged = spec("sim-tagged", region);
        tags.forEach(
            tag -> tagged.tag(tag.path("Key").asText(), tag.path("Value").asText("")));
        known.put(played.core().fleet().launch(tagged), true);
      }
    }
    // who lists all instances would find none, and what is done with each of them would have no
    // turn
    if (request.api().equalsIgnoreCase("DescribeInstances")
        && played.core().fleet().ids().isEmpty()) {
      known.put(played.core().fleet().launch(spec("sim-listed", region)), true);
    }
  }

  private void exist(JsonNode ids, String region) {
    if (ids.isArray()) {
      ids.forEach(id -> exist(id, region));
      return;
    }
    JsonNode list = JsonText.parseContainer(ids.asText("")).orElse(ids);
    if (list.isArray()) {
      exist(list, region);
    } else if (!ids.asText("").isBlank() && known.putIfAbsent(ids.asText(), true) == null) {
      String name = "sim-" + known.size();
      played.core().fleet().launch(spec(name, region).id(ids.asText()));
    }
  }

  private InstanceSpec spec(String name, String region) {
    InstanceSpec spec = InstanceSpec.named(name).region(region).publicIp("198.51.100.7");
    if (!like.running()) {
      spec.stopped();
    }
    if (like.windows()) {
      spec.windows();
    }
    if (like.classic()) {
      spec.classic();
    }
    if (like.prepaid()) {
      spec.prepaid();
    }
    return spec;
  }
}
