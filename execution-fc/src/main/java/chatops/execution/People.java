package chatops.execution;

import chatops.chat.Principal;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import chatops.engine.execution.Person;
import java.util.ArrayList;
import java.util.List;

/** People of the chat as the engine knows them: by id, and by the RAM user name the configuration gives them. */
record People(LiveRights rights) {
  /** With every other id the person has: one who decided by another platform before is known again, whenever that was learnt. */
  Person person(Principal principal) {
    LiveRights.View view = rights.current();
    List<String> names = new ArrayList<>();
    Configuration.Person known = view.configuration().people().get(principal.id());
    if (known != null && !known.ramUser().isEmpty()) {
      names.add(known.ramUser());
    }
    List<String> ids = view.rights().identities(principal.id());
    names.addAll(ids.subList(1, ids.size()));
    return new Person(principal.id(), names);
  }
}
