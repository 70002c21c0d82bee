package chatops.local.crash;

import chatops.engine.audit.Chain;
import chatops.engine.audit.Chains;
import chatops.engine.audit.Verification;
import chatops.engine.effect.EffectClass;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of audit trails when a round is over: each is whole, and nothing happened that none of them tells. */
final class Trails {
  private static final ExecutionQuery ALL = new ExecutionQuery(null, null, null, null, 1000);

  private Trails() {}

  static List<String> violations(ExecutionStore store, List<Landed> landed) {
    List<String> wrong = new ArrayList<>();
    for (Verification.Problem problem : new Verification(store).run(null).problems()) {
      wrong.add(
          "audit record " + problem.record() + " of " + problem.execution() + ": " + problem.why());
    }
    Set<String> told = told(store);
    for (Landed each : landed) {
      String call = each.request().name();
      if (each.effectClass() != EffectClass.READ && told.add(call)) {
        wrong.add(call + " happened, and no audit trail tells of it");
      }
    }
    return wrong;
  }

  private static Set<String> told(ExecutionStore store) {
    Chains chains = new Chains(store);
    Set<String> calls = new HashSet<>();
    store
        .list(ALL)
        .forEach(row -> chains.read(row.id()).links().stream()
            .map(Chain.Link::fields)
            .filter(fields -> fields.path("kind").asText().equals("call"))
            .forEach(fields -> calls.add(fields.path("call").asText())));
    return calls;
  }
}
