package chatops.execution;

import chatops.chat.handover.HandOver;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Rights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Verdict;
import chatops.engine.Engine;
import chatops.engine.OrderResult;
import chatops.engine.execution.Person;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.view.ExecutionView;
import chatops.engine.view.TaskView;
import chatops.execution.form.Forms;
import chatops.execution.notify.Letter;
import chatops.execution.right.ExecutionRights;
import chatops.execution.right.GivenRegions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /oos pause}, {@code resume}, {@code retry} and {@code skip} of an execution that has no open question. */
final class Ordering {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LiveRights rights;
  private final Engine engine;
  private final Answers answers;
  private final People people;
  private final ExecutionRights acting;

  Ordering(LiveRights rights, Engine engine, Answers answers, People people) {
    this.rights = rights;
    this.engine = engine;
    this.answers = answers;
    this.people = people;
    this.acting = new ExecutionRights(rights);
  }

  void order(HandOver.Run run, Answers.To to, Onward onward) {
    Optional<ExecutionId> id = Looking.parse(run);
    List<String> words = run.command().arguments();
    if (id.isEmpty()) {
      answers.note(to, Mark.REFUSED, "show.malformed", String.join(" ", words));
      return;
    }
    List<String> more = words.subList(1, words.size());
    Optional<ExecutionView> view = engine.find(id.get());
    if (view.isEmpty()) {
      answers.note(to, Mark.UNSURE, "show.missing", id.get());
      return;
    }
    String twice = twice(more);
    if (!twice.isEmpty()) {
      answers.note(to, Mark.REFUSED, "parameter.twice", twice);
      return;
    }
    boolean isRerun =
        run.command().verb().equals("retry") || run.command().verb().equals("skip");
    ObjectNode none = JSON.createObjectNode();
    // before anything is told of its tasks
    if (isDenied(run, view.get(), List.of(), none, to)) {
      return;
    }
    List<TaskPath> paths = isRerun ? paths(id.get(), more, to) : List.of();
    if (paths == null || isDenied(run, view.get(), paths, isRerun ? parameters(more) : none, to)) {
      return;
    }
    Person by = people.person(run.principal());
    String decision = "d_" + run.executionId();
    OrderResult result;
    switch (run.command().verb()) {
      case "pause" -> result = engine.pause(id.get(), by, String.join(" ", more), decision);
      case "resume" -> result = engine.resume(id.get(), by, decision);
      case "retry", "skip" -> {
        result = run.command().verb().equals("retry")
            ? engine.retry(id.get(), paths, parameters(more), by, decision)
            : engine.skip(id.get(), paths, by, decision);
      }
      default -> {
        answers.note(to, Mark.NOTE, "outcome.none", id.get());
        return;
      }
    }
    answer(run, id.get(), result, to, onward);
  }

  private void answer(
      HandOver.Run run, ExecutionId id, OrderResult result, Answers.To to, Onward onward) {
    switch (result.state()) {
      case ACCEPTED -> {
        String name = run.principal().name().isEmpty()
            ? run.principal().id()
            : run.principal().name();
        String text =
            answers.words(to.language()).say("order.done." + run.command().verb(), id, name);
        answers.send(to, Letter.open(Message.of(Mark.ACCEPTED, text)));
        onward.advance(id);
      }
      case REPEATED -> {
        // a second delivery of the same event: the first was answered
      }
      case NOT_POSSIBLE -> answers.note(to, Mark.REFUSED, "order.not", id, result.message());
      case ENDED -> answers.note(to, Mark.NOTE, "order.ended", id);
      case UNKNOWN -> answers.note(to, Mark.UNSURE, "show.missing", id);
    }
  }

  /** The task that is named by its path or name, the latest of that name; none named is all that failed. Null when it is not there. */
  private @Nullable List<TaskPath> paths(ExecutionId id, List<String> words, Answers.To to) {
    String named = words.isEmpty() || words.get(0).indexOf('=') > 0 ? "" : words.get(0);
    if (named.isEmpty()) {
      return List.of();
    }
    TaskPath found = null;
    for (TaskView task : engine.tasks(id)) {
      if (task.path().equals(named) || task.name().equalsIgnoreCase(named)) {
        found = new TaskPath(task.path());
      }
    }
    if (found == null) {
      answers.note(to, Mark.REFUSED, "order.task", id, named);
    }
    return found == null ? null : List.of(found);
  }

  /** A name that is given twice, by whichever spelling: one value would be decided on and the other used. */
  private static String twice(List<String> words) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0 && !names.add(word.substring(0, equals))) {
        return word.substring(0, equals);
      }
    }
    return "";
  }

  private static ObjectNode parameters(List<String> words) {
    ObjectNode parameters = JSON.createObjectNode();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        parameters.set(word.substring(0, equals), value(word.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static JsonNode value(String text) {
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException e) {
        return TextNode.valueOf(text);
      }
    }
    return TextNode.valueOf(text);
  }

  /** Whoever acts on an execution needs the right to; what is changed about it, the right to start it so, in all its regions. */
  private boolean isDenied(
      HandOver.Run run,
      ExecutionView view,
      List<TaskPath> paths,
      ObjectNode changes,
      Answers.To to) {
    if (changes.isEmpty()) {
      Verdict verdict =
          acting.verdict(run.principal(), run.place(), run.command().name(), view);
      return isDenied(run, verdict, to);
    }
    ObjectNode values = view.parameters().deepCopy();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (values.properties().stream()
          .noneMatch(p -> p.getKey().equalsIgnoreCase(change.getKey()))) {
        values.put(RunRequest.BEYOND, change.getKey());
      }
      values.properties().removeIf(old -> old.getKey().equalsIgnoreCase(change.getKey()));
      values.set(change.getKey(), change.getValue());
    }
    RunRequest whole = ExecutionRights.asItIs(view, values);
    boolean isDenied = isDenied(run, whole, to);
    List<String> names = changes.properties().stream().map(Map.Entry::getKey).toList();
    boolean isOpen = names.stream().anyMatch(Forms::isOpen)
        || !engine.reworked(new ExecutionId(view.id()), paths, names).isEmpty();
    if (!isDenied && isOpen) {
      // a script or a call that somebody typed, only later
      isDenied = isDenied(run, Rights.FREE_SCRIPT, whole, to);
    }
    for (String region : GivenRegions.of(changes)) {
      isDenied = isDenied || isDenied(run, whole.in(region), to);
    }
    for (Map.Entry<String, JsonNode> parameter : changes.properties()) {
      String name = parameter.getKey().toLowerCase(Locale.ROOT);
      String value = parameter.getValue().asText();
      if (name.endsWith("role") || name.endsWith("rolename")) {
        String role = value.substring(value.lastIndexOf('/') + 1);
        RunRequest other =
            new RunRequest(whole.template(), whole.region(), role, whole.parameters());
        isDenied = isDenied || isDenied(run, other, to);
      }
    }
    return isDenied;
  }

  private boolean isDenied(HandOver.Run run, RunRequest wish, Answers.To to) {
    return isDenied(run, run.command().name(), wish, to);
  }

  private boolean isDenied(HandOver.Run run, String command, RunRequest wish, Answers.To to) {
    return isDenied(
        run, rights.current().rights().decide(run.principal(), run.place(), command, wish), to);
  }

  private boolean isDenied(HandOver.Run run, Verdict verdict, Answers.To to) {
    if (verdict instanceof Verdict.Denied denied) {
      answers.denied(to, run.command().name(), denied);
      return true;
    }
    return false;
  }
}
