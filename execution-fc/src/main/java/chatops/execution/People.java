package chatops.execution;

import chatops.chat.Principal;
import chatops.chat.rights.Configuration;
import chatops.engine.execution.Person;

/** People of the chat as the engine knows them: by id, and by the RAM user name the configuration gives them. */
record People(Configuration configuration) {
  Person person(Principal principal) {
    Configuration.Person known = configuration.people().get(principal.id());
    return known == null || known.ramUser().isEmpty()
        ? Person.of(principal.id())
        : Person.of(principal.id(), known.ramUser());
  }
}
