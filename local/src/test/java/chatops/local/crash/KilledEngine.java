package chatops.local.crash;

import chatops.cloudsim.clock.SettableClock;
import chatops.engine.Engine;
import chatops.engine.StartExecution;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Session;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Invoker;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.execution.Waits;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Links;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Advanced;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionStore;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import chatops.execution.sqlite.SqliteExecutionStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * An engine on SQLite in a process of its own, for being killed. Every way out of it is a line to the test that started
 * it, and an answer: the cloud lies with the test, and so does the choice of where the process dies.
 */
final class KilledEngine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TURN = Duration.ofMinutes(5);

  private final BufferedReader in;
  private final PrintStream out;
  private final SettableClock clock;
  private final Engine engine;

  private KilledEngine(Socket socket, Path file, Instant now, String owner) throws IOException {
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    clock = new SettableClock(now);
    Ports ports = new Ports(
        watched(new SqliteExecutionStore(file, clock)),
        Plays.templates(Map.of(
            "commands", Plays.COMMANDS,
            "deletions",
                Plays.COMMANDS.replace("RunCommand", "DeleteThing").replace("InvokeId", "Done"),
            "ask", Plays.ASK,
            "ACS::ECS::RebootInstance", Yaml.REBOOT)),
        this::call,
        (caller, role) -> new Session("arn", caller.execution().value(), "", "", Instant.MAX),
        call -> new Outbound.HttpAnswer(200, "{\"errcode\":0}".getBytes(StandardCharsets.UTF_8)),
        notice -> ask("at notice"),
        (Invoker) (id, version, at) -> ask("at wake"),
        Links.NONE,
        clock,
        () -> clock.instant().toEpochMilli() * 1_000_000,
        new Jumps(),
        Runnable::run);
    engine = new Engine(ports, Settings.defaults(), owner);
  }

  /** Arguments: port, file, the time, the owner of leases. */
  public static void main(String[] arguments) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
      KilledEngine killed = new KilledEngine(
          socket, Path.of(arguments[1]), Instant.parse(arguments[2]), arguments[3]);
      for (String wish = killed.ask("next"); !wish.isEmpty(); wish = killed.ask("next")) {
        String[] parts = wish.split(" ", 2);
        ExecutionView view = killed.play(new ExecutionId(parts[0]), parts[1]);
        killed.ask("ended " + view.id() + " " + view.status() + " " + view.statusMessage());
      }
    }
  }

  private synchronized String ask(String line) {
    out.println(clock.instant() + " " + line);
    try {
      return Objects.requireNonNullElse(in.readLine(), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A commit is one transaction: before it, and after it. */
  private ExecutionStore watched(ExecutionStore store) {
    return (ExecutionStore) Proxy.newProxyInstance(
        KilledEngine.class.getClassLoader(),
        new Class<?>[] {ExecutionStore.class},
        (proxy, method, arguments) -> {
          boolean isCommit =
              arguments != null && arguments.length == 1 && arguments[0] instanceof Commit;
          if (!isCommit) {
            return method.invoke(store, arguments);
          }
          ask("at row_before");
          Object saved = store.commit((Commit) arguments[0]);
          ask("at row_after");
          return saved;
        });
  }

  private ApiResponse call(ApiRequest request, Session session, Duration timeout) {
    ask("at call_unsent");
    String answer = ask("call " + request.service() + " " + request.api() + " "
        + session.accessKeyId() + " " + request.parameters());
    ask("at call_landed");
    try {
      JsonNode body = JSON.readTree(answer);
      if (body.has("Code")) {
        throw new ApiException(
            request.name(),
            body.path("Code").asText(),
            "",
            "",
            403,
            ApiException.Verdict.FINAL,
            body);
      }
      return new ApiResponse(body, "r");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ExecutionView play(ExecutionId id, String template) {
    if (engine.find(id).isEmpty()) {
      StartExecution plain = Plays.wish(template, "{}");
      engine.start(new StartExecution(
          id,
          template,
          "",
          plain.parameters(),
          plain.startedBy(),
          "",
          Map.of(),
          "cn-hangzhou",
          ""));
    }
    for (int i = 0; i < 1000; i++) {
      Advanced advanced = engine.advance(id, clock.instant().plus(TURN));
      ExecutionView view = engine.find(id).orElseThrow();
      if (view.endedAt() != null && view.wakeAt() == null) {
        return view;
      }
      if (!decide(id, view)) {
        Instant next = advanced.state() == Advanced.State.BUSY ? advanced.wakeAt() : view.wakeAt();
        clock.moveTo(next == null ? clock.instant() : next);
      }
    }
    throw new IllegalStateException(id + " does not come to rest");
  }

  private boolean decide(ExecutionId id, ExecutionView view) {
    for (Approval approval : view.approvals()) {
      if (approval.isOpen()) {
        engine.vote(
            id, approval.id(), Decision.APPROVE, Person.of("crowd:bo", "bo"), "", approval.id());
        return true;
      }
    }
    for (Question question : view.questions()) {
      if (question.answer() == null) {
        clock.moveTo(question.retryAfter());
        boolean hasHappened = ask("happened? " + id + " " + question.path()).equals("yes");
        Question.Answer answer = hasHappened ? Question.Answer.SKIP : Question.Answer.RETRY;
        engine.decideOutcome(id, question.id(), answer, Person.of("crowd:bo", "bo"));
        return true;
      }
    }
    return false;
  }

  /** Waiting takes no time: the clock jumps. */
  private final class Jumps implements Waits {
    @Override
    public <T> @Nullable T next(BlockingQueue<T> ready, Instant until) {
      T there = ready.poll();
      if (there == null) {
        clock.moveTo(until);
      }
      return there;
    }
  }
}
