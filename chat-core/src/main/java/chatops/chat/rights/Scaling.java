package chatops.chat.rights;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What lifecycle hooks of Auto Scaling start: the section {@code scaling} of {@code chatops.yaml}.
 *
 * @param topics MNS topics of this account whose pushes Front takes; empty = none
 * @param chat place id where cards go, such as {@code slack:T0001/C0001}; empty = nowhere
 * @param hooks the first entry counts that fits a message
 */
public record Scaling(List<String> topics, String chat, List<Hook> hooks) {
  /** Without the section. */
  public static final Scaling NONE = new Scaling(List.of(), "", List.of());

  /**
   * What stands for something in parameter values, as Auto Scaling itself replaces it in OOS templates (Auto Scaling,
   * "CreateLifecycleHook", NotificationMetadata).
   */
  public static final List<String> PLACEHOLDERS = List.of(
      "regionId",
      "instanceId",
      "instanceIds",
      "lifecycleHookId",
      "lifecycleActionToken",
      "scalingGroupId");

  /**
   * One entry: which hooks, and what they start.
   *
   * @param groups ids or patterns of scaling groups
   * @param hooks ids, names or patterns; empty = every hook
   * @param transition {@code SCALE_OUT} or {@code SCALE_IN}; empty = both
   * @param template name of the template or product action
   * @param parameters its values by name: texts, numbers, booleans, lists and maps; texts may hold {@code ${…}}
   * @param quorum percent of instances that must succeed; 100 = all
   * @param failure result when too few did: {@code CONTINUE}, {@code ABANDON} or {@code ROLLBACK}
   * @param heartbeat whether the hook is kept waiting while the template runs
   * @param concurrency instances at a time, where the template runs once per instance
   * @param ramRole role name; empty = the default role
   * @param chat place id that takes the place of the section's; empty = the section's
   */
  public record Hook(
      List<String> groups,
      List<String> hooks,
      String transition,
      String template,
      Map<String, Object> parameters,
      int quorum,
      String failure,
      boolean heartbeat,
      int concurrency,
      String ramRole,
      String chat) {
    public Hook {
      groups = List.copyOf(groups);
      hooks = List.copyOf(hooks);
      parameters = Map.copyOf(parameters);
    }

    /** Whether it is about this hook of this group. */
    public boolean fits(String groupId, String hookId, String hookName, String how) {
      return matches(groups, groupId)
          && (hooks.isEmpty() || matches(hooks, hookId) || matches(hooks, hookName))
          && (transition.isEmpty() || transition.equals(how));
    }

    private static boolean matches(List<String> patterns, String id) {
      for (String pattern : patterns) {
        if (!id.isEmpty() && Pattern.matches(pattern, id)) {
          return true;
        }
      }
      return false;
    }
  }

  public Scaling {
    topics = List.copyOf(topics);
    hooks = List.copyOf(hooks);
  }

  /** Whether the section is left out or says nothing; compared field by field, because a record's equals costs a cold start 16 ms. */
  public boolean isEmpty() {
    return topics.isEmpty() && chat.isEmpty() && hooks.isEmpty();
  }

  /** The entry for a hook; null when none is about it. */
  public @Nullable Hook hook(String groupId, String hookId, String hookName, String transition) {
    for (Hook hook : hooks) {
      if (hook.fits(groupId, hookId, hookName, transition)) {
        return hook;
      }
    }
    return null;
  }

  /** Whether any entry is about the group. */
  public boolean listensTo(String groupId) {
    for (Hook hook : hooks) {
      if (Hook.matches(hook.groups(), groupId)) {
        return true;
      }
    }
    return false;
  }
}
