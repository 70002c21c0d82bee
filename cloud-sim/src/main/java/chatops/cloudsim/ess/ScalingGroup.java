package chatops.cloudsim.ess;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One scaling group with its members. Guarded by its {@link AutoScaling}. */
final class ScalingGroup {
  /** An instance in the group. */
  static final class Member {
    final String instanceId;
    final Instant since;
    final boolean isAttached;
    String state;

    Member(String instanceId, Instant since, boolean isAttached, String state) {
      this.instanceId = instanceId;
      this.since = since;
      this.isAttached = isAttached;
      this.state = state;
    }
  }

  final String id;
  final GroupSpec spec;
  final Instant created;
  final Map<String, Member> members = new LinkedHashMap<>();
  final Map<String, Hook> hooks = new LinkedHashMap<>();
  final Map<String, ScalingRule> rules = new LinkedHashMap<>();
  final Set<String> suspended = new LinkedHashSet<>();

  ScalingGroup(String id, GroupSpec spec, Instant created) {
    this.id = id;
    this.spec = spec;
    this.created = created;
  }

  long count(String state) {
    return members.values().stream().filter(m -> m.state.equals(state)).count();
  }

  List<Hook> hooks(Transition transition) {
    return hooks.values().stream().filter(h -> h.transition() == transition).toList();
  }

  void state(List<String> instanceIds, String state) {
    for (String instanceId : instanceIds) {
      Member member = members.get(instanceId);
      if (member != null) {
        member.state = state;
      }
    }
  }
}
