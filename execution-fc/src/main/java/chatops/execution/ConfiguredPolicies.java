package chatops.execution;

import chatops.chat.rights.Approvals;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Operations;
import chatops.chat.rights.Operations.Expiry;
import chatops.chat.rights.Operations.Limit;
import chatops.chat.rights.Operations.Lock;
import chatops.engine.execution.Approval.AtExpiry;
import chatops.engine.policy.Policies;
import chatops.engine.policy.Policy;
import org.jspecify.annotations.Nullable;

/** What {@code chatops.yaml} says about a template, for the engine. In each list the first entry that matches counts. */
record ConfiguredPolicies(LiveRights rights) implements Policies {
  @Override
  public Policy of(String template) {
    Expiry expiry = expiry(template);
    Approvals.Rule rule = rights.current().configuration().approvals().of(template);
    return new Policy(
        expiry == null ? null : expiry.approvals(),
        expiry == null ? AtExpiry.REJECT : AtExpiry.valueOf(expiry.outcome().name()),
        expiry == null ? null : expiry.executions(),
        limit(template),
        lock(template),
        new Policy.Asking(rule.needed(), rule.requesterMayApprove(), rule.reminder()));
  }

  private Operations operations() {
    return rights.current().configuration().operations();
  }

  private @Nullable Expiry expiry(String template) {
    for (Expiry each : operations().expiry()) {
      if (Operations.concern(each.templates(), template)) {
        return each;
      }
    }
    return null;
  }

  /** Templates of one entry share its places: its patterns are its name. */
  private Policy.@Nullable Limit limit(String template) {
    for (Limit each : operations().limits()) {
      if (Operations.concern(each.templates(), template)) {
        return new Policy.Limit(String.join(",", each.templates()), each.running(), each.queued());
      }
    }
    return null;
  }

  private Policy.@Nullable Lock lock(String template) {
    for (Lock each : operations().locks()) {
      if (Operations.concern(each.templates(), template)) {
        return each.targets() || !each.parameters().isEmpty()
            ? new Policy.Lock(each.targets(), each.parameters(), each.refuses())
            : null;
      }
    }
    return null;
  }
}
