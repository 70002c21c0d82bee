package chatops.chat.rights;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Principal;
import chatops.chat.handover.EventKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code chatops.yaml} as a value, without any secret: who may do what, where, with which templates, regions and roles. Both
 * functions decide with it. {@link ConfigurationJson} reads and writes its flat form; the YAML has the same shape.
 *
 * @param account Alibaba Cloud account id
 * @param groups group name to member ids such as {@code slack:T0001/U0001}
 * @param people person id to what is known about the person
 * @param scripts null where the file names none: Front reads it at a cold start
 * @param channels place id such as {@code slack:T0001/C0001} to its settings
 * @param aliases word to the beginning of the command it stands for
 */
public record Configuration(
    Language language,
    String account,
    Regions regions,
    Roles roles,
    Slack slack,
    DingTalk dingtalk,
    Map<String, List<String>> groups,
    Map<String, Person> people,
    Map<String, Channel> channels,
    Map<String, String> aliases,
    List<Grant> rights,
    Approvals approvals,
    Outbound outbound,
    Operations operations,
    Scaling scaling,
    @Nullable Scripts scripts) {

  /** @param initial the region of a command that names none */
  public record Regions(String initial, List<String> allowed) {
    public Regions {
      allowed = List.copyOf(allowed);
    }
  }

  /**
   * @param initial the role of a template that names none
   * @param allowed role name to the ARN it stands for: nothing else is ever assumed
   */
  public record Roles(String initial, Map<String, String> allowed) {
    public Roles {
      allowed = ordered(allowed);
    }
  }

  /** @param workspaces {@code T…}, or {@code E…/T…} in an enterprise; @param apps {@code A…}, empty = not compared */
  public record Slack(List<String> workspaces, List<String> apps) {
    public Slack {
      workspaces = List.copyOf(workspaces);
      apps = List.copyOf(apps);
    }
  }

  /**
   * @param robots robot codes, empty = not compared (HTTP mode often sends the literal {@code normal})
   * @param cardTemplate id of the published card template that questions are asked with; empty = by messages
   * @param cardRoute the {@code callbackRouteKey} its buttons were registered under
   */
  public record DingTalk(
      List<String> corporations, List<String> robots, String cardTemplate, String cardRoute) {
    public DingTalk {
      corporations = List.copyOf(corporations);
      robots = List.copyOf(robots);
    }
  }

  /** @param ramUser the one person behind several platform ids; empty when not known */
  public record Person(@Nullable Language language, String ramUser) {}

  /**
   * Settings of one channel.
   *
   * @param robot name of the custom robot (DingTalk) that speaks there when nothing else can; empty for none
   */
  public record Channel(@Nullable Language language, String robot) {}

  /**
   * One entry of {@code rights}: allows, never forbids.
   *
   * @param name what explanations call it; may be empty
   * @param who {@code group:<name>}, a person's id, {@code slack:T0001/*}, {@code *}
   * @param where place ids or patterns; empty = every place of an allowed workspace or corporation
   * @param commands {@code ecs *}, {@code oos show}
   * @param templates patterns of template names; empty = only those the {@code ecs} commands stand for
   * @param regions empty = every allowed region
   * @param ramRoles role names; empty = only the default role
   * @param parameters patterns by parameter name: a template must have the parameter, and its value must match one of them
   */
  public record Grant(
      String name,
      List<String> who,
      List<String> where,
      List<String> commands,
      List<String> templates,
      List<String> regions,
      List<String> ramRoles,
      Map<String, List<String>> parameters) {
    public Grant {
      who = List.copyOf(who);
      where = List.copyOf(where);
      commands = List.copyOf(commands);
      templates = List.copyOf(templates);
      regions = List.copyOf(regions);
      ramRoles = List.copyOf(ramRoles);
      parameters = ordered(parameters);
    }
  }

  /** @param hosts exact names, or {@code *.example.com}, that templates and replies may be posted to */
  public record Outbound(List<String> hosts) {
    public Outbound {
      hosts = List.copyOf(hosts);
    }
  }

  public Configuration {
    groups = ordered(groups);
    people = ordered(people);
    channels = ordered(channels);
    aliases = ordered(aliases);
    rights = List.copyOf(rights);
  }

  /** Hexadecimal SHA-256 of the flat form: the same wherever the same configuration was read, however it was laid out. */
  public String hash() {
    return EventKey.hex(ConfigurationJson.write(this));
  }

  /** The person's language, else the channel's, else the general one. */
  public Language language(Principal principal, Place place) {
    Person person = people.get(principal.id());
    if (person != null && person.language() != null) {
      return person.language();
    }
    Channel channel = channels.get(Rights.id(place));
    return channel != null && channel.language() != null ? channel.language() : language;
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    // the file's order is kept, because it is part of the hash
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
