package chatops.cloudsim.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.ess.AutoScaling;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.ess.model.v20140828.CompleteLifecycleActionRequest;
import com.aliyuncs.ess.model.v20140828.CreateLifecycleHookRequest;
import com.aliyuncs.ess.model.v20140828.CreateScalingGroupRequest;
import com.aliyuncs.ess.model.v20140828.CreateScalingRuleRequest;
import com.aliyuncs.ess.model.v20140828.DescribeLifecycleHooksRequest;
import com.aliyuncs.ess.model.v20140828.DescribeScalingActivitiesRequest;
import com.aliyuncs.ess.model.v20140828.DescribeScalingGroupsRequest;
import com.aliyuncs.ess.model.v20140828.DescribeScalingInstancesRequest;
import com.aliyuncs.ess.model.v20140828.ExecuteScalingRuleRequest;
import com.aliyuncs.ess.model.v20140828.RecordLifecycleActionHeartbeatRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.HttpClientType;
import com.aliyuncs.http.ProtocolType;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The official client of Auto Scaling, over HTTP. */
class AutoScalingSdkTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final CloudSim sim = CloudSim.builder()
      .clock(clock)
      .seed(11)
      .pace(Pace.of(Duration.ofSeconds(10)))
      .start();
  private final Principal.RamUser ann = sim.identities().user("ann", Policy.allow("ess:*"));
  private final ClassicClient client = new ClassicClient(
      sim.openApiUrl(),
      HttpClientType.ApacheHttpClient,
      SignatureVersion.V1,
      ClassicClient.credentials(ann));

  @AfterEach
  void close() {
    sim.close();
  }

  private <T extends AcsResponse> T send(AcsRequest<T> request) throws ClientException {
    request.setSysEndpoint(sim.openApiUrl().getAuthority());
    request.setSysProtocol(ProtocolType.HTTP);
    return client.client().getAcsResponse(request);
  }

  private ClientException refused(AcsRequest<?> request) {
    return catchThrowableOfType(ClientException.class, () -> send(request));
  }

  private String group() throws ClientException {
    CreateScalingGroupRequest request = new CreateScalingGroupRequest();
    request.setScalingGroupName("web");
    request.setMinSize(0);
    request.setMaxSize(50);
    return send(request).getScalingGroupId();
  }

  private String hook(String group, String topic) throws ClientException {
    sim.messages().topic(topic);
    CreateLifecycleHookRequest request = new CreateLifecycleHookRequest();
    request.setScalingGroupId(group);
    request.setLifecycleHookName("install");
    request.setLifecycleTransition("SCALE_OUT");
    request.setHeartbeatTimeout(300);
    request.setDefaultResult("ABANDON");
    request.setNotificationArn(sim.scaling().topicArn("cn-hangzhou", topic));
    return send(request).getLifecycleHookId();
  }

  private String scaleOut(String group, int count) throws ClientException {
    CreateScalingRuleRequest rule = new CreateScalingRuleRequest();
    rule.setScalingGroupId(group);
    rule.setAdjustmentType("QuantityChangeInCapacity");
    rule.setAdjustmentValue(count);
    ExecuteScalingRuleRequest execute = new ExecuteScalingRuleRequest();
    execute.setScalingRuleAri(send(rule).getScalingRuleAri());
    execute.setClientToken("once");
    String activity = send(execute).getScalingActivityId();
    assertThat(send(execute).getScalingActivityId()).isEqualTo(activity);
    sim.advance(Duration.ofSeconds(15));
    return activity;
  }

  @Test
  void instances_wait_for_the_hook_and_serve_when_it_is_completed() throws Exception {
    String group = group();
    String hook = hook(group, "hooks");
    String activity = scaleOut(group, 3);

    AutoScaling.Sight wait = sim.scaling().waits().get(0);
    DescribeScalingInstancesRequest instances = new DescribeScalingInstancesRequest();
    instances.setScalingGroupId(group);
    assertThat(send(instances).getScalingInstances())
        .hasSize(3)
        .allSatisfy(each -> assertThat(each.getLifecycleState()).isEqualTo("Pending:Wait"));
    JsonNode actions =
        client.ess("DescribeLifecycleActions", Map.of("ScalingActivityId", activity));
    JsonNode action = actions.at("/LifecycleActions/LifecycleAction/0");
    assertThat(action.path("LifecycleActionStatus").asText()).isEqualTo("Pending");
    assertThat(action.path("LifecycleActionToken").asText()).isEqualTo(wait.token());
    assertThat(action.at("/InstanceIds/InstanceId")).hasSize(3);

    CompleteLifecycleActionRequest complete = new CompleteLifecycleActionRequest();
    complete.setLifecycleHookId(hook);
    complete.setLifecycleActionToken(wait.token());
    complete.setLifecycleActionResult("CONTINUE");
    complete.setClientToken("c1");
    send(complete);

    assertThat(send(instances).getScalingInstances())
        .allSatisfy(each -> assertThat(each.getLifecycleState()).isEqualTo("InService"));
    DescribeScalingActivitiesRequest activities = new DescribeScalingActivitiesRequest();
    activities.setScalingGroupId(group);
    assertThat(send(activities).getScalingActivities().get(0).getStatusCode())
        .isEqualTo("Successful");
    send(complete);
    assertThat(sim.scaling().waits().get(0).completions()).isEqualTo(1);
    complete.setClientToken("c2");
    assertThat(refused(complete).getErrCode())
        .isEqualTo("LifecycleHookIdAndLifecycleActionToken.Invalid");
  }

  @Test
  void a_hook_that_nobody_completes_times_out_with_its_default_result() throws Exception {
    String group = group();
    hook(group, "hooks");
    scaleOut(group, 2);

    sim.advance(Duration.ofSeconds(300));

    AutoScaling.Sight wait = sim.scaling().waits().get(0);
    assertThat(wait.status()).isEqualTo("Timeout");
    assertThat(wait.result()).isEqualTo("ABANDON");
    assertThat(sim.scaling().members(group)).isEmpty();
    assertThat(sim.fleet().ids()).isEmpty();
  }

  @Test
  void heartbeats_keep_a_wait_going_within_their_limits() throws Exception {
    String group = group();
    String hook = hook(group, "hooks");
    scaleOut(group, 1);
    RecordLifecycleActionHeartbeatRequest beat = new RecordLifecycleActionHeartbeatRequest();
    beat.setLifecycleHookId(hook);
    beat.setLifecycleActionToken(sim.scaling().waits().get(0).token());
    beat.setHeartbeatTimeout(600);

    for (int i = 0; i < 20; i++) {
      sim.advance(Duration.ofSeconds(200));
      send(beat);
    }

    assertThat(refused(beat).getErrCode()).isEqualTo("LifecycleAction.RecordTimesExceeded");
    assertThat(sim.scaling().waits().get(0).status()).isEqualTo("Pending");
    sim.advance(Duration.ofSeconds(600));
    assertThat(sim.scaling().waits().get(0).status()).isEqualTo("Timeout");
  }

  @Test
  void no_wait_is_longer_than_six_hours() throws Exception {
    String group = group();
    String hook = hook(group, "hooks");
    scaleOut(group, 1);
    RecordLifecycleActionHeartbeatRequest beat = new RecordLifecycleActionHeartbeatRequest();
    beat.setLifecycleHookId(hook);
    beat.setLifecycleActionToken(sim.scaling().waits().get(0).token());
    beat.setHeartbeatTimeout(20_000);
    send(beat);
    sim.advance(Duration.ofSeconds(2000));

    assertThat(refused(beat).getErrCode()).isEqualTo("LifecycleAction.TimeExceeded");
  }

  @Test
  void groups_and_hooks_are_listed() throws Exception {
    String group = group();
    String hook = hook(group, "hooks");
    DescribeScalingGroupsRequest groups = new DescribeScalingGroupsRequest();
    groups.setScalingGroupId1(group);
    assertThat(send(groups).getScalingGroups())
        .singleElement()
        .satisfies(each -> assertThat(each.getScalingGroupName()).isEqualTo("web"));
    DescribeLifecycleHooksRequest hooks = new DescribeLifecycleHooksRequest();
    hooks.setScalingGroupId(group);

    assertThat(send(hooks).getLifecycleHooks()).singleElement().satisfies(each -> {
      assertThat(each.getLifecycleHookId()).isEqualTo(hook);
      assertThat(each.getHeartbeatTimeout()).isEqualTo(300);
      assertThat(each.getDefaultResult()).isEqualTo("ABANDON");
    });
  }

  @Test
  void a_notification_arn_must_name_a_topic_of_this_account() throws Exception {
    String group = group();
    CreateLifecycleHookRequest request = new CreateLifecycleHookRequest();
    request.setScalingGroupId(group);
    request.setLifecycleTransition("SCALE_OUT");
    request.setNotificationArn(sim.scaling().topicArn("cn-hangzhou", "nowhere"));
    assertThat(refused(request).getErrCode()).isEqualTo("TopicNotExist");
    request.setNotificationArn("acs:mns:cn-hangzhou:9999:topic/hooks");
    assertThat(refused(request).getErrCode()).isEqualTo("InvalidNotificationArn");
  }
}
