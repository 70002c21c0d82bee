package chatops.cloudsim.door;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.fc.FunctionSpec;
import chatops.cloudsim.fc.Invocation;
import chatops.cloudsim.fc.InvocationResult;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebServer;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Role;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class SilentFunctionTest {
  /** The HTTP library's own idle limit is thirty seconds, which must not end a function's call. */
  @Test
  void a_function_may_work_for_35_seconds_without_a_byte() {
    AtomicInteger calls = new AtomicInteger();
    try (CloudSim sim = CloudSim.builder().start();
        WebServer instance = new WebServer()) {
      URI url = instance.open(0, request -> {
        calls.incrementAndGet();
        return WebReply.of(200, "text/plain", "done").after(Duration.ofSeconds(35));
      });
      Role role = sim.identities().role("function", Policy.allow("*"), Role.FUNCTION_COMPUTE);
      var caller = sim.identities().user("ann", Policy.allow("fc:*"));
      sim.functions().register(FunctionSpec.named("slow", role.arn(), sim.runtimeAt(url)));

      InvocationResult result =
          sim.functions().invoke(Invocation.sync("slow", new byte[] {1}), caller);

      assertThat(result.errorType()).isEmpty();
      assertThat(new String(result.payload(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("done");
      assertThat(calls).hasValue(1);
      System.out.println("long-job: SilentFunctionTest seed=none count=1 seconds=35");
    }
  }
}
