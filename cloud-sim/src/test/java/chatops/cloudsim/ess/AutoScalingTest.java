package chatops.cloudsim.ess;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudCore;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.eventbridge.EventBus;
import chatops.cloudsim.fc.FunctionRuntime;
import chatops.cloudsim.fc.FunctionSpec;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.mns.Subscription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutoScalingTest {
  private static final String ACCOUNT = "1234567890123456";
  private static final Duration HOOK = Duration.ofSeconds(300);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final CloudCore core = new CloudCore(clock, 5, ACCOUNT, Pace.of(Duration.ofSeconds(5)));
  private final AutoScaling scaling = core.scaling();
  private final List<JsonNode> events = new ArrayList<>();
  private int refusals;

  @BeforeEach
  void deploy() {
    Role role = core.identities().role("execution", Policy.allow("*"), Role.FUNCTION_COMPUTE);
    core.functions().register(FunctionSpec.named("execution", role.arn(), this::serve));
    core.messages().topic("hooks");
  }

  private FunctionRuntime.Reply serve(FunctionRuntime.Request request) throws IOException {
    events.add(new ObjectMapper().readTree(request.body()));
    return new FunctionRuntime.Reply(refusals-- > 0 ? 500 : 200, List.of(), new byte[0]);
  }

  private String group() {
    return scaling.group(GroupSpec.named("web"));
  }

  private String hook(String group, Transition transition, Result byDefault, String arn) {
    return scaling.hook(group, "hook-" + transition + byDefault, transition, HOOK, byDefault, arn);
  }

  private String topic() {
    return scaling.topicArn("cn-hangzhou", "hooks");
  }

  @Test
  void the_hook_message_reaches_a_function_through_a_topic() throws IOException {
    core.messages()
        .topic("hooks")
        .subscribe(new Subscription(
            "to-function",
            new Subscription.Endpoint.Function("execution"),
            Subscription.Format.JSON,
            Subscription.Strategy.BACKOFF_RETRY));
    String group = group();
    String hook = hook(group, Transition.SCALE_OUT, Result.CONTINUE, topic());
    scaling.scaleOut(group, 2, "test");

    core.advance(Duration.ofSeconds(10));

    assertThat(events).hasSize(1);
    JsonNode event = events.get(0);
    assertThat(event.path("TopicOwner").asText()).isEqualTo(ACCOUNT);
    assertThat(event.path("TopicName").asText()).isEqualTo("hooks");
    JsonNode content =
        new ObjectMapper().readTree(event.path("Message").asText()).path("content");
    assertThat(content.path("lifecycleHookId").asText()).isEqualTo(hook);
    assertThat(content.path("instanceIds")).hasSize(2);
  }

  @Test
  void the_bare_message_reaches_a_function_in_the_stream_format() {
    core.messages()
        .topic("hooks")
        .subscribe(new Subscription(
            "to-function",
            new Subscription.Endpoint.Function("execution"),
            Subscription.Format.STREAM,
            Subscription.Strategy.BACKOFF_RETRY));
    String group = group();
    hook(group, Transition.SCALE_OUT, Result.CONTINUE, topic());
    scaling.scaleOut(group, 1, "test");

    core.advance(Duration.ofSeconds(10));

    assertThat(events.get(0).at("/content/lifecycleActionToken").asText())
        .isEqualTo(scaling.waits().get(0).token());
  }

  @Test
  void events_reach_a_function_through_the_bus() {
    core.bus()
        .rule(new EventBus.Rule(
            "hooks",
            List.of("acs.ess"),
            List.of("ess:LifecycleHook:"),
            "execution",
            EventBus.Schema.CLOUD_EVENTS));
    String group = group();
    hook(group, Transition.SCALE_OUT, Result.CONTINUE, scaling.busArn("cn-hangzhou"));
    scaling.scaleOut(group, 1, "test");

    core.advance(Duration.ofSeconds(10));

    assertThat(events).singleElement().satisfies(event -> {
      assertThat(event.path("type").asText()).isEqualTo("ess:LifecycleHook:ScaleOut");
      assertThat(event.path("aliyunaccountid").asText()).isEqualTo(ACCOUNT);
      assertThat(event.at("/data/lifecycleActionToken").asText())
          .isEqualTo(scaling.waits().get(0).token());
    });
    assertThat(core.bus().events())
        .extracting(e -> e.path("type").asText())
        .contains("ess:ScalingActivity:ScaleOutStart");
  }

  @Test
  void what_is_attached_or_removed_by_hand_waits_for_no_hook() {
    String group = group();
    hook(group, Transition.SCALE_OUT, Result.ABANDON, topic());
    hook(group, Transition.SCALE_IN, Result.ABANDON, topic());
    String instance = core.fleet().launch(InstanceSpec.named("mine"));

    scaling.attach(group, List.of(instance));
    core.advance(Duration.ofSeconds(10));
    assertThat(scaling.members(group)).containsEntry(instance, "InService");
    scaling.remove(group, List.of(instance), true);
    core.advance(Duration.ofSeconds(10));

    assertThat(scaling.members(group)).isEmpty();
    assertThat(scaling.waits()).isEmpty();
    assertThat(core.fleet().ids()).contains(instance);
  }

  @Test
  void abandoning_one_hook_ends_the_others() {
    String group = group();
    String first = hook(group, Transition.SCALE_OUT, Result.CONTINUE, "");
    hook(group, Transition.SCALE_OUT, Result.ABANDON, "");
    String activity = scaling.scaleOut(group, 2, "test");
    core.advance(Duration.ofSeconds(10));
    AutoScaling.Sight wait = scaling.waits().stream()
        .filter(each -> each.hookId().equals(first))
        .findFirst()
        .orElseThrow();

    scaling.complete(first, wait.token(), Optional.of(Result.ABANDON));

    assertThat(scaling.waits()).allMatch(each -> each.result().equals("ABANDON"));
    assertThat(scaling.activityStatus(activity)).isEqualTo("Failed");
    assertThat(core.fleet().ids()).isEmpty();
  }

  @Test
  void rolling_back_keeps_what_should_have_been_removed_and_abandoning_does_not() {
    String group = group();
    scaling.scaleOut(group, 2, "test");
    core.advance(Duration.ofSeconds(10));
    String hook = hook(group, Transition.SCALE_IN, Result.CONTINUE, "");

    scaling.scaleIn(group, 1, "test");
    core.advance(Duration.ofSeconds(1));
    scaling.complete(hook, scaling.waits().get(0).token(), Optional.of(Result.ROLLBACK));
    assertThat(scaling.members(group).values()).containsExactly("InService", "InService");

    scaling.scaleIn(group, 1, "test");
    core.advance(Duration.ofSeconds(1));
    scaling.complete(hook, scaling.waits().get(1).token(), Optional.of(Result.ABANDON));
    assertThat(scaling.members(group)).hasSize(1);
  }
}
