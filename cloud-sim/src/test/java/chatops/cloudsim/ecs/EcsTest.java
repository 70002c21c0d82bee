package chatops.cloudsim.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.CloudReply;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.cloud.SimulatedCloud;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcsTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final Names names = new Names(5);
  private final Fleet fleet = new Fleet(clock, names, Pace.of(Duration.ofSeconds(10)));
  private final Identities identities = new Identities("1234567890123456", clock, names);
  private final Principal.RamUser ann = identities.user("ann", Policy.allow("ecs:*"));
  private final SimulatedCloud cloud = new SimulatedCloud(
      List.of(new Ecs(fleet)), names, new CallLog(clock), new Faults(names, clock));

  @Test
  void a_reboot_shows_starting_and_moves_the_start_time() {
    String id = fleet.launch(InstanceSpec.named("web-01"));
    clock.advance(Duration.ofMinutes(5));

    call("RebootInstance", "InstanceId", id);

    assertThat(describe(id).path("Status").asText()).isEqualTo("Starting");
    clock.advance(Duration.ofSeconds(10));
    assertThat(describe(id).path("Status").asText()).isEqualTo("Running");
    assertThat(describe(id).path("StartTime").asText()).isEqualTo("2026-03-01T08:05Z");
    assertThat(describe(id).path("CreationTime").asText()).isEqualTo("2026-03-01T08:00Z");
  }

  @Test
  void a_stop_remembers_its_mode_and_a_start_forgets_it() {
    String id = fleet.launch(InstanceSpec.named("web-01"));

    call("StopInstance", "InstanceId", id, "StoppedMode", "StopCharging");

    assertThat(describe(id).path("Status").asText()).isEqualTo("Stopping");
    clock.advance(Duration.ofSeconds(10));
    assertThat(describe(id).path("StoppedMode").asText()).isEqualTo("StopCharging");
    call("StartInstance", "InstanceId", id);
    assertThat(describe(id).path("StoppedMode").asText()).isEqualTo("Not-applicable");
  }

  @ParameterizedTest
  @CsvSource({
    "running,  StartInstance,  403, IncorrectInstanceStatus",
    "stopped,  StopInstance,   403, IncorrectInstanceStatus",
    "stopped,  RebootInstance, 403, IncorrectInstanceStatus",
    "pending,  RebootInstance, 403, IncorrectInstanceStatus.Initializing",
    "security, RebootInstance, 403, InstanceLockedForSecurity",
    "arrears,  RebootInstance, 403, InstanceExpiredOrInArrears",
    "none,     StartInstance,  404, InvalidInstanceId.NotFound",
    "abroad,   StopInstance,   404, InvalidInstanceId.NotFound",
  })
  void unfit_instances_are_refused(String which, String api, int status, String code) {
    Map<String, String> ids = Map.of(
        "running", fleet.launch(InstanceSpec.named("a")),
        "stopped", fleet.launch(InstanceSpec.named("b").stopped()),
        "pending", fleet.launch(InstanceSpec.named("c").pending()),
        "security", fleet.launch(InstanceSpec.named("d").locked("security")),
        "arrears", fleet.launch(InstanceSpec.named("e").locked("financial")),
        "abroad", fleet.launch(InstanceSpec.named("f").region("us-west-1")));

    CloudReply reply =
        call(api, "InstanceId", ids.getOrDefault(which, "i-none"), "RegionId", "cn-hangzhou");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(json(reply).path("HostId").asText()).isEqualTo("ecs.aliyuncs.com");
    assertThat(json(reply).path("RequestId").asText()).isEqualTo(reply.requestId());
  }

  @Test
  void stop_charging_is_not_for_prepaid_or_classic_instances() {
    String prepaid = fleet.launch(InstanceSpec.named("a").prepaid());
    String classic = fleet.launch(InstanceSpec.named("b").classic());

    assertThat(call("StopInstance", "InstanceId", prepaid, "StoppedMode", "StopCharging")
            .code())
        .isEqualTo("InvalidInstanceId.NotSupport");
    assertThat(call("StopInstance", "InstanceId", classic, "StoppedMode", "StopCharging")
            .code())
        .isEqualTo("InvalidInstanceId.NotSupport");
    assertThat(call("StopInstance", "InstanceId", classic, "StoppedMode", "KeepCharging")
            .status())
        .isEqualTo(200);
  }

  @Test
  void a_dry_run_that_passes_is_an_error_and_changes_nothing() {
    String id = fleet.launch(InstanceSpec.named("web-01"));

    assertThat(call("StopInstance", "InstanceId", id, "DryRun", "true").code())
        .isEqualTo("DryRunOperation");
    assertThat(
            call("StopInstances", "RegionId", "cn-hangzhou", "InstanceId.1", id, "DryRun", "true")
                .code())
        .isEqualTo("DRYRUN.SUCCESS");
    assertThat(fleet.look(id).status()).isEqualTo(InstanceStatus.RUNNING);
    assertThat(call("StartInstance", "InstanceId", id, "DryRun", "true").code())
        .isEqualTo("IncorrectInstanceStatus");
  }

  @Test
  void a_batch_moves_all_or_none_unless_success_comes_first() {
    String stopped = fleet.launch(InstanceSpec.named("a").stopped());
    String running = fleet.launch(InstanceSpec.named("b"));

    CloudReply together = call(
        "StartInstances",
        "RegionId",
        "cn-hangzhou",
        "InstanceId.1",
        stopped,
        "InstanceId.2",
        running);
    assertThat(together.code()).isEqualTo("IncorrectInstanceStatus");
    assertThat(fleet.look(stopped).status()).isEqualTo(InstanceStatus.STOPPED);

    JsonNode each = json(call(
            "StartInstances",
            "RegionId",
            "cn-hangzhou",
            "BatchOptimization",
            "SuccessFirst",
            "InstanceId.1",
            stopped,
            "InstanceId.2",
            running,
            "InstanceId.3",
            "i-none"))
        .at("/InstanceResponses/InstanceResponse");
    assertThat(each.findValuesAsText("Code"))
        .containsExactly("200", "IncorrectInstanceStatus", "InvalidInstanceId.NotFound");
    assertThat(each.get(0).path("CurrentStatus").asText()).isEqualTo("Starting");
  }

  @Test
  void instances_are_found_by_name_pattern_tags_status_and_ids() {
    fleet.launch(3, "web-", spec -> spec.tag("env", "staging"));
    String db =
        fleet.launch(InstanceSpec.named("db-01").tag("env", "production").stopped());

    assertThat(found("InstanceName", "web-*")).containsExactly("web-01", "web-02", "web-03");
    assertThat(found("InstanceName", "*-01")).containsExactly("web-01", "db-01");
    assertThat(found("InstanceName", "web")).isEmpty();
    assertThat(found("Tag.1.Key", "env", "Tag.1.Value", "production")).containsExactly("db-01");
    assertThat(found("Tag.1.Key", "env")).hasSize(4);
    assertThat(found("Status", "Stopped")).containsExactly("db-01");
    assertThat(found("InstanceIds", "[\"" + db + "\",\"i-none\"]")).containsExactly("db-01");
    assertThat(found("InstanceIds", "[]")).isEmpty();
    assertThat(call("DescribeInstances", "RegionId", "cn-hangzhou", "InstanceIds", "i-1")
            .code())
        .isEqualTo("InvalidParameter.InstanceIds");
    assertThat(call("DescribeInstances", "RegionId", "cn-nowhere").code())
        .isEqualTo("InvalidRegionId.NotFound");
    assertThat(call("DescribeInstances").code()).isEqualTo("MissingParameter");
  }

  @Test
  void both_ways_of_paging_reach_every_instance_once() {
    fleet.launch(25, "web-", spec -> spec);

    List<String> byPage = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      byPage.addAll(found("PageSize", "10", "PageNumber", String.valueOf(page)));
    }
    List<String> byToken = new ArrayList<>();
    String token = "";
    do {
      JsonNode reply = json(call(
          "DescribeInstances", "RegionId", "cn-hangzhou", "MaxResults", "10", "NextToken", token));
      byToken.addAll(reply.findValuesAsText("InstanceName"));
      token = reply.path("NextToken").asText();
    } while (!token.isEmpty());

    assertThat(byPage).hasSize(25).doesNotHaveDuplicates();
    assertThat(byToken).isEqualTo(byPage);
  }

  @Test
  void tags_are_set_listed_and_removed() {
    String id = fleet.launch(InstanceSpec.named("web-01").tag("env", "staging"));

    call(
        "TagResources",
        "RegionId",
        "cn-hangzhou",
        "ResourceType",
        "instance",
        "ResourceId.1",
        id,
        "Tag.1.Key",
        "owner",
        "Tag.1.Value",
        "ann");
    assertThat(found("Tag.1.Key", "owner", "Tag.1.Value", "ann")).containsExactly("web-01");
    call(
        "UntagResources",
        "RegionId",
        "cn-hangzhou",
        "ResourceType",
        "instance",
        "ResourceId.1",
        id,
        "TagKey.1",
        "env");
    JsonNode left = json(call(
            "ListTagResources",
            "RegionId",
            "cn-hangzhou",
            "ResourceType",
            "instance",
            "ResourceId.1",
            id))
        .at("/TagResources/TagResource");
    assertThat(left.findValuesAsText("TagKey")).containsExactly("owner");
  }

  @Test
  void the_same_client_token_launches_once() {
    String[] launch = {
      "RegionId",
      "cn-hangzhou",
      "ImageId",
      "img",
      "InstanceType",
      "ecs.g7.large",
      "Amount",
      "2",
      "ClientToken",
      "t1"
    };

    CloudReply first = call("RunInstances", launch);
    CloudReply again = call("RunInstances", launch);
    launch[7] = "3";
    CloudReply other = call("RunInstances", launch);

    assertThat(json(again).path("InstanceIdSets")).isEqualTo(json(first).path("InstanceIdSets"));
    assertThat(other.code()).isEqualTo("IdempotentParameterMismatch");
    assertThat(fleet.ids())
        .hasSize(2)
        .allSatisfy(id -> assertThat(fleet.look(id).status()).isEqualTo(InstanceStatus.PENDING));
    clock.advance(Duration.ofSeconds(10));
    assertThat(fleet.ids())
        .allSatisfy(id -> assertThat(fleet.look(id).status()).isEqualTo(InstanceStatus.RUNNING));
  }

  @Test
  void only_stopped_unprotected_instances_are_deleted() {
    String locked = fleet.launch(InstanceSpec.named("a").stopped().deletionProtected());
    String running = fleet.launch(InstanceSpec.named("b"));

    assertThat(call("DeleteInstance", "InstanceId", locked).code())
        .isEqualTo("InvalidOperation.DeletionProtection");
    assertThat(call("DeleteInstance", "InstanceId", running).code())
        .isEqualTo("IncorrectInstanceStatus");
    call("ModifyInstanceAttribute", "InstanceId", locked, "DeletionProtection", "false");
    assertThat(call("DeleteInstance", "InstanceId", locked).status()).isEqualTo(200);
    assertThat(call("DeleteInstance", "InstanceId", running, "Force", "true").status())
        .isEqualTo(200);
    assertThat(fleet.ids()).isEmpty();
    assertThat(call("DeleteInstance", "InstanceId", running).code())
        .isEqualTo("InvalidInstanceId.NotFound");
  }

  @Test
  void who_may_not_look_sees_nothing_and_who_may_not_act_is_told() {
    String id = fleet.launch(InstanceSpec.named("web-01"));
    Principal.RamUser guest = identities.user("guest", Policy.allow("oss:*"));

    CloudReply look = cloud.call(
        "Ecs", "DescribeInstances", Map.of("RegionId", "cn-hangzhou"), guest, "cn-hangzhou");
    CloudReply act =
        cloud.call("Ecs", "StopInstance", Map.of("InstanceId", id), guest, "cn-hangzhou");

    assertThat(look.status()).isEqualTo(200);
    assertThat(json(look).path("TotalCount").asInt()).isZero();
    assertThat(act.status()).isEqualTo(403);
    assertThat(act.code()).isEqualTo("Forbidden.RAM");
  }

  @Test
  void a_policy_may_name_single_instances() {
    String mine = fleet.launch(InstanceSpec.named("mine"));
    String other = fleet.launch(InstanceSpec.named("other"));
    Principal.RamUser ben =
        identities.user("ben", Policy.parse("""
                    {"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:StopInstance"],
                      "Resource":"acs:ecs:cn-hangzhou:*:instance/%s"}]}""".formatted(mine)).orElseThrow());

    assertThat(cloud
            .call("Ecs", "StopInstance", Map.of("InstanceId", other), ben, "cn-hangzhou")
            .code())
        .isEqualTo("Forbidden.RAM");
    assertThat(cloud
            .call("Ecs", "StopInstance", Map.of("InstanceId", mine), ben, "cn-hangzhou")
            .status())
        .isEqualTo(200);
  }

  private List<String> found(String... filter) {
    List<String> all = new ArrayList<>(List.of(filter));
    all.addAll(List.of("RegionId", "cn-hangzhou"));
    return json(call("DescribeInstances", all.toArray(String[]::new)))
        .findValuesAsText("InstanceName");
  }

  private JsonNode describe(String id) {
    return json(call(
            "DescribeInstances", "RegionId", "cn-hangzhou", "InstanceIds", "[\"" + id + "\"]"))
        .at("/Instances/Instance/0");
  }

  private CloudReply call(String api, String... pairs) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], pairs[i + 1]);
    }
    return cloud.call("Ecs", api, parameters, ann, parameters.getOrDefault("RegionId", ""));
  }

  private static JsonNode json(CloudReply reply) {
    try {
      return new ObjectMapper().readTree(reply.body());
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(reply.body(), notJson);
    }
  }
}
