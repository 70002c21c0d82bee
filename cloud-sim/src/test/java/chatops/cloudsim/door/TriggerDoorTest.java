package chatops.cloudsim.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.fc.FunctionSpec;
import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.http.WebServer;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Role;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TriggerDoorTest {
  private final CloudSim sim = CloudSim.builder()
      .clock(new SettableClock(Instant.parse("2026-03-01T08:00:00Z")))
      .start();
  private final WebServer instance = new WebServer();
  private final WebClient browser = new WebClient();
  private final List<WebRequest> received = new CopyOnWriteArrayList<>();
  private final Role role =
      sim.identities().role("front", Policy.allow("fc:*"), Role.FUNCTION_COMPUTE);
  private final URI runtime = instance.open(0, request -> {
    received.add(request);
    return WebReply.of(302, "text/html; charset=utf-8", "<p>moved</p>")
        .with("Location", "/next")
        .with("Set-Cookie", "a=1")
        .with("Set-Cookie", "b=2");
  });

  @AfterEach
  void close() {
    browser.close();
    instance.close();
    sim.close();
  }

  @Test
  void a_request_passes_through_raw_with_the_platforms_headers_and_without_forged_ones()
      throws IOException {
    sim.functions().register(FunctionSpec.named("front", role.arn(), sim.runtimeAt(runtime)));
    URI door = sim.openTrigger("front", 0);

    WebReply reply = browser.send(
        "POST",
        URI.create(door + "/slack/command?a=%2F&b=c+d"),
        List.of(
            Map.entry("Host", "chatops.example.com"),
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("X-Slack-Signature", "v0=1"),
            Map.entry("x-fc-access-key-id", "forged")),
        "text=start+i-1&x=%E4%BD%A0".getBytes(UTF_8),
        Duration.ofSeconds(30));

    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.header("Location")).isEqualTo("/next");
    assertThat(reply.headers().stream()
            .filter(header -> header.getKey().equals("Set-Cookie"))
            .count())
        .isEqualTo(2);
    assertThat(received).singleElement().satisfies(request -> {
      assertThat(request.path()).isEqualTo("/slack/command");
      assertThat(request.query()).isEqualTo("a=%2F&b=c+d");
      assertThat(request.text()).isEqualTo("text=start+i-1&x=%E4%BD%A0");
      assertThat(request.header("Host")).isEqualTo("chatops.example.com");
      assertThat(request.header("X-Slack-Signature")).isEqualTo("v0=1");
      assertThat(request.header("x-fc-control-path")).isEqualTo("/http-invoke");
      assertThat(request.header("x-fc-access-key-id")).startsWith("STS.");
    });
  }

  @Test
  void a_refusal_of_the_function_reaches_the_caller_as_it_is() throws IOException {
    URI refusing = instance.open(0, request -> WebReply.of(401, "", ""));
    sim.functions().register(FunctionSpec.named("front", role.arn(), sim.runtimeAt(refusing)));
    URI door = sim.openTrigger("front", 0);

    WebReply reply = browser.send(
        "POST", URI.create(door + "/"), List.of(), new byte[0], Duration.ofSeconds(30));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void a_function_that_does_not_serve_is_a_bad_gateway() throws IOException {
    sim.functions()
        .register(FunctionSpec.named(
            "front", role.arn(), sim.runtimeAt(URI.create("http://127.0.0.1:1"))));
    URI door = sim.openTrigger("front", 0);

    WebReply reply =
        browser.send("GET", URI.create(door + "/"), List.of(), new byte[0], Duration.ofSeconds(30));

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.text()).contains("FunctionNotStarted");
  }
}
