package chatops.cloudsim.sts;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.CloudReply;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.cloud.SimulatedCloud;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StsTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final Names names = new Names(9);
  private final Identities identities = new Identities("1234567890123456", clock, names);
  private final SimulatedCloud cloud = new SimulatedCloud(
      List.of(new Sts(identities, names)), names, new CallLog(clock), new Faults(names, clock));
  private final Role execution =
      identities.role("execution", Policy.allow("sts:AssumeRole"), Role.FUNCTION_COMPUTE);
  private final Role operator = identities.role(new Role(
      "1234567890123456",
      "Operator",
      List.of(execution.arn()),
      Policy.allow("ecs:*"),
      Duration.ofHours(2)));
  private final Principal.RoleSession function =
      identities.serviceSession(Role.FUNCTION_COMPUTE, execution.arn(), "execution");

  @Test
  void a_trusted_role_gets_a_session_that_may_do_what_the_role_may() {
    JsonNode reply = json(assume(function, "DurationSeconds", "1800"));

    Principal session =
        identities.byAccessKey(reply.at("/Credentials/AccessKeyId").asText()).orElseThrow();
    assertThat(reply.at("/Credentials/Expiration").asText()).isEqualTo("2026-03-01T08:30:00Z");
    assertThat(reply.at("/AssumedRoleUser/Arn").asText())
        .isEqualTo("acs:ram::1234567890123456:role/Operator/oos-1");
    assertThat(session.mayCall("ecs:RebootInstance", "*")).isTrue();
    assertThat(session.mayCall("oss:GetObject", "*")).isFalse();
  }

  @Test
  void a_session_policy_only_shrinks() {
    String policy =
        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ecs:Describe*\",\"oss:*\"],\"Resource\":\"*\"}]}";

    JsonNode reply = json(assume(function, "Policy", policy));

    Principal session =
        identities.byAccessKey(reply.at("/Credentials/AccessKeyId").asText()).orElseThrow();
    assertThat(session.mayCall("ecs:DescribeInstances", "*")).isTrue();
    assertThat(session.mayCall("ecs:RebootInstance", "*")).isFalse();
    assertThat(session.mayCall("oss:GetObject", "*")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RoleArn         | operator                                 | 400 | InvalidParameter.RoleArn",
        "RoleArn         | acs:ram::1234567890123456:role/Nobody    | 404 | EntityNotExist.Role",
        "RoleSessionName | x                                        | 400 | InvalidParameter.RoleSessionName",
        "RoleSessionName | has space                                | 400 | InvalidParameter.RoleSessionName",
        "DurationSeconds | 899                                      | 400 | InvalidParameter.DurationSeconds",
        "DurationSeconds | 7201                                     | 400 | InvalidParameter.DurationSeconds",
        "Policy          | {\"Version\":\"2\"}                      | 400 | InvalidParameter.PolicyGrammar",
        "Policy          | nonsense                                 | 400 | InvalidParameter.PolicyGrammar",
        "ExternalId      | !                                        | 400 | InvalidParameter.ExternalId",
        "RoleArn         | ''                                       | 400 | MissingParameter",
      })
  void a_bad_value_is_named(String parameter, String value, int status, String code) {
    CloudReply reply = assume(function, parameter, value);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
  }

  @Test
  void neither_an_untrusted_caller_nor_one_without_the_right_gets_a_session() {
    Principal.RamUser stranger = identities.user("stranger", Policy.allow("sts:AssumeRole"));
    Role mute = identities.role("mute", Policy.allow("ecs:*"), Role.FUNCTION_COMPUTE);
    Role open = identities.role("Open", Policy.allow("ecs:*"), mute.arn());
    Principal.RoleSession muteSession =
        identities.session(mute, "s1", Duration.ofHours(1), Optional.empty());

    assertThat(assume(stranger).code()).isEqualTo("NoPermission");
    assertThat(assume(muteSession, "RoleArn", open.arn()).code()).isEqualTo("NoPermission");
  }

  private CloudReply assume(Principal caller, String... pairs) {
    Map<String, String> parameters =
        new HashMap<>(Map.of("RoleArn", operator.arn(), "RoleSessionName", "oos-1"));
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], pairs[i + 1]);
    }
    return cloud.call("Sts", "AssumeRole", parameters, caller, "");
  }

  private static JsonNode json(CloudReply reply) {
    try {
      return new ObjectMapper().readTree(reply.body());
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(reply.body(), notJson);
    }
  }
}
