package chatops.execution;

import chatops.chat.handover.HandOver;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.Rights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Verdict;
import chatops.engine.Engine;
import chatops.engine.Prepared;
import chatops.engine.RefusedException;
import chatops.engine.StartExecution;
import chatops.engine.Started;
import chatops.engine.id.ExecutionId;
import chatops.execution.notify.Origin;
import chatops.execution.notify.Wording;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Commands that start a template: rights are decided in full, also for the role the template would use; then the execution is
 * created if it is not there, and taken as far as it gets.
 */
final class Starting {
  private final Configuration configuration;
  private final Rights rights;
  private final Engine engine;
  private final Answers answers;
  private final People people;

  Starting(
      Configuration configuration, Rights rights, Engine engine, Answers answers, People people) {
    this.configuration = configuration;
    this.rights = rights;
    this.engine = engine;
    this.answers = answers;
    this.people = people;
  }

  void run(HandOver.Run run, Answers.To to, Instant deadline) {
    Wording words = answers.words(run.language());
    RunRequest wish = RunRequest.of(run.command(), configuration);
    String what = words.what(run.command().name(), wish.template());
    if (!wish.region().isEmpty() && !configuration.regions().allowed().contains(wish.region())) {
      String allowed = String.join(", ", configuration.regions().allowed());
      answers.refused(to, what, words.say("region", wish.region(), allowed));
      return;
    }
    // before the template is even read: what is denied learns nothing about templates
    if (isDenied(run, to, what, wish.template(), wish.region(), wish.ramRole())) {
      return;
    }
    try {
      StartExecution start = start(run, wish.region(), words);
      Prepared prepared = engine.prepare(start);
      String role = prepared.ramRole().substring(prepared.ramRole().lastIndexOf('/') + 1);
      for (String region : regions(wish.region(), prepared.parameters())) {
        if (isDenied(run, to, what, prepared.template().name(), region, role)) {
          return;
        }
      }
      if (engine.start(start) == Started.CREATED) {
        engine.advance(start.id(), deadline);
      }
    } catch (TemplateRequest.Mistake | RefusedException e) {
      answers.refused(to, what, String.valueOf(e.getMessage()));
    }
  }

  /** Where the template would act: the execution's own region and those its parameters name, given or by default. */
  private static Set<String> regions(String own, ObjectNode parameters) {
    Set<String> regions = new LinkedHashSet<>();
    regions.add(own);
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      String name = parameter.getKey().toLowerCase(Locale.ROOT);
      if (name.endsWith("region") || name.endsWith("regionid")) {
        regions.add(parameter.getValue().asText().strip());
      } else if (name.endsWith("regions") || name.endsWith("regionids")) {
        parameter.getValue().forEach(region -> regions.add(region.asText().strip()));
      }
    }
    return regions;
  }

  private StartExecution start(HandOver.Run run, String region, Wording words)
      throws TemplateRequest.Mistake {
    TemplateRequest request = TemplateRequest.of(run.command(), region, words);
    return new StartExecution(
        new ExecutionId(run.executionId()),
        request.template(),
        "",
        request.parameters(),
        people.person(run.principal()),
        run.reply(),
        Origin.of(run).toMap(),
        region,
        "Automatic");
  }

  private boolean isDenied(
      HandOver.Run run, Answers.To to, String what, String template, String region, String role) {
    Verdict verdict =
        rights.decide(run.principal(), run.place(), run.command().name(), template, region, role);
    if (verdict instanceof Verdict.Denied denied) {
      answers.denied(to, what, denied);
      return true;
    }
    return false;
  }
}
