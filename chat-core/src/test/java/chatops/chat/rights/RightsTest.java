package chatops.chat.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.json.JsonReader;
import chatops.chat.rights.Verdict.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsTest {
  private static final String JSON = """
      {"version":1,"language":"en","account":"1234567890123456",
       "regions":{"default":"cn-hangzhou","allowed":["cn-hangzhou","cn-beijing"]},
       "roles":{"default":"OOSServiceRole","allowed":{"OOSServiceRole":"acs:ram::1:role/OOSServiceRole","Admin":"acs:ram::1:role/Admin"}},
       "slack":{"workspaces":["T1","E1/T2"],"apps":["A1"]},
       "dingtalk":{"corporations":["d1"]},
       "groups":{"operators":["slack:T1/U1","dingtalk:d1/s1"],"approvers":["slack:T1/U2","slack:T1/U1"]},
       "people":{"slack:T1/U1":{"language":"zh","ramUser":"ann"},"dingtalk:d1/s1":{"ramUser":"ann"},"slack:T1/U2":{"ramUser":"bob"}},
       "channels":{"slack:T1/C1":{"language":"ja"}},
       "rights":[
        {"who":["group:operators"],"where":["slack:T1/C1","dingtalk:d1/*"],"commands":["ecs *","oos *"],"templates":["ECS-*"],
         "regions":["cn-hangzhou"],"ramRoles":["OOSServiceRole"]},
        {"who":["slack:T1/*"],"commands":["ecs status","oos run"]}],
       "approvals":{"bearerLinks":true,"requesterMayApprove":false,"approvers":["group:approvers"]},
       "outbound":{"hosts":["oapi.dingtalk.com"]}}
      """;

  private final Configuration configuration = read(JSON);
  private final Rights rights = new Rights(configuration);

  @ParameterizedTest
  @CsvSource({
    "T1,U1,T1,C1,ecs start,ECS-StartInstances,cn-hangzhou,'',ALLOWED",
    "T1,U1,T1,C1,oos run,ECS-Other,cn-hangzhou,OOSServiceRole,ALLOWED",
    "T1,U1,T1,C1,oos run,Other,cn-hangzhou,'',TEMPLATE",
    "T1,U1,T1,C1,ecs start,ECS-StartInstances,cn-beijing,'',REGION",
    "T1,U1,T1,C1,ecs start,ECS-StartInstances,us-east-1,'',REGION",
    "T1,U1,T1,C1,ecs start,ECS-StartInstances,cn-hangzhou,Admin,ROLE",
    "T1,U1,T1,C1,ecs start,ECS-StartInstances,cn-hangzhou,Nobody,ROLE",
    "T1,U1,T1,C9,ecs start,ECS-StartInstances,cn-hangzhou,'',COMMAND",
    "T1,U9,T1,C9,ecs start,ECS-StartInstances,cn-hangzhou,'',COMMAND",
    "T1,U9,T1,C9,ecs status,ECS-DescribeInstances,cn-beijing,'',ALLOWED",
    "T1,U9,T1,C9,ecs status,ECS-DescribeInstances,cn-beijing,Admin,ROLE",
    "T1,U9,T1,C9,oos run,ECS-StartInstances,cn-beijing,'',TEMPLATE",
    "T3,U1,T1,C1,ecs start,ECS-StartInstances,cn-hangzhou,'',TENANT",
    "T1,U1,T3,C1,ecs start,ECS-StartInstances,cn-hangzhou,'',TENANT",
    "E1/T2,U1,E1/T2,C1,ecs status,ECS-DescribeInstances,cn-hangzhou,'',PERSON",
    "T2,U1,T2,C1,ecs status,ECS-DescribeInstances,cn-hangzhou,'',TENANT",
    "T1,U2,T1,C7,oos approve,'','','',ALLOWED",
    "T1,U9,T1,C7,oos approve,'','','',COMMAND",
    "T1,'',T1,C1,ecs status,'','','',TENANT",
  })
  void what_nothing_allows_is_denied_for_the_nearest_reason(
      String tenant,
      String user,
      String placeTenant,
      String channel,
      String command,
      String template,
      String region,
      String role,
      String expected) {
    Principal principal = new Principal(Platform.SLACK, tenant, user, "Ann");
    Place place = new Place(Platform.SLACK, placeTenant, channel);

    Verdict verdict = rights.decide(principal, place, command, template, region, role);

    assertThat(
            verdict.isAllowed()
                ? "ALLOWED"
                : ((Verdict.Denied) verdict).reason().name())
        .isEqualTo(expected);
  }

  @Test
  void a_person_whose_entry_is_for_another_place_is_told_so() {
    Principal dingtalk = new Principal(Platform.DINGTALK, "d1", "s1", "");
    assertThat(
            rights.decide(dingtalk, new Place(Platform.SLACK, "T1", "C2"), "ecs start", "", "", ""))
        .isEqualTo(new Verdict.Denied(Reason.PLACE, "slack:T1/C2"));
  }

  @Test
  void a_name_counts_for_nothing() {
    Principal stranger = new Principal(Platform.SLACK, "E1/T2", "U8", "slack:T1/U1");
    assertThat(rights.mayUse(stranger, new Place(Platform.SLACK, "T1", "C1"), "ecs start"))
        .isFalse();
  }

  @Test
  void approvers_decide_and_the_requester_does_not() {
    assertThat(mayDecide("U2", "slack:T1/U1", List.of())).isEqualTo(Verdict.ALLOWED);
    assertThat(mayDecide("U1", "slack:T1/U1", List.of()))
        .isEqualTo(new Verdict.Denied(Reason.REQUESTER, "slack:T1/U1"));
    assertThat(mayDecide("U1", "dingtalk:d1/s1", List.of()))
        .isEqualTo(new Verdict.Denied(Reason.REQUESTER, "slack:T1/U1"));
    assertThat(mayDecide("U3", "slack:T1/U1", List.of()))
        .isEqualTo(new Verdict.Denied(Reason.APPROVER, "slack:T1/U3"));
    assertThat(mayDecide("U2", "slack:T1/U1", List.of("slack:T1/U3")))
        .isEqualTo(new Verdict.Denied(Reason.APPROVER, "slack:T1/U2"));
  }

  @Test
  void names_in_a_template_narrow_who_may_decide_and_never_widen_it() {
    // bob is an approver, ann too but here not named; nobody becomes an approver by being named
    assertThat(mayDecide("U2", "slack:T1/U7", List.of("bob"))).isEqualTo(Verdict.ALLOWED);
    assertThat(mayDecide("U2", "slack:T1/U7", List.of("group:approvers")))
        .isEqualTo(Verdict.ALLOWED);
    assertThat(mayDecide("U2", "slack:T1/U7", List.of("ann", "dingtalk:d1/s1")))
        .isEqualTo(new Verdict.Denied(Reason.APPROVER, "slack:T1/U2"));
    assertThat(mayDecide("U1", "slack:T1/U7", List.of("dingtalk:d1/s1")))
        .isEqualTo(Verdict.ALLOWED);
    assertThat(mayDecide("U3", "slack:T1/U7", List.of("slack:T1/U3", "*")))
        .isEqualTo(new Verdict.Denied(Reason.APPROVER, "slack:T1/U3"));
  }

  @Test
  void a_rule_for_a_template_says_who_decides_it_and_what_it_leaves_out_is_as_in_general() {
    Rights ruled = new Rights(read(JSON.replace("\"requesterMayApprove\":false", RULES)));
    Principal ann = new Principal(Platform.SLACK, "T1", "U1", "");
    Principal bob = new Principal(Platform.SLACK, "T1", "U2", "");
    Principal bearer = new Principal(Platform.WEB, "", Rights.BEARER, "");

    assertThat(ruled.mayDecide(bob, "ECS-BulkReboot", "", List.of()))
        .isEqualTo(new Verdict.Denied(Reason.APPROVER, "slack:T1/U2"));
    assertThat(ruled.mayDecide(ann, "ECS-BulkReboot", "slack:T1/U1", List.of()))
        .isEqualTo(Verdict.ALLOWED);
    assertThat(ruled.mayDecide(bearer, "ECS-BulkReboot", "", List.of()))
        .isEqualTo(new Verdict.Denied(Reason.BEARER, ""));
    assertThat(ruled.mayDecide(bearer, "RDS-Any", "", List.of()).isAllowed()).isFalse();
    assertThat(ruled.mayDecide(bearer, "Other", "", List.of()).isAllowed()).isTrue();
    assertThat(ruled.mayDecide(bob, "Other", "", List.of())).isEqualTo(Verdict.ALLOWED);
    assertThat(ruled.isApprover(ann)).isTrue();
  }

  private static final String RULES = """
      "requesterMayApprove":false,"needed":2,"reminder":"1h","rules":[
        {"templates":["ECS-Bulk*"],"approvers":["slack:T1/U1"],"requesterMayApprove":true,"needed":1,"reason":"required","reminder":"never"},
        {"templates":["RDS-*"],"bearerLinks":false}]""";

  @Test
  void what_a_rule_says_and_leaves_out_survives_the_flat_form() {
    Approvals approvals =
        read(JSON.replace("\"requesterMayApprove\":false", RULES)).approvals();

    Approvals.Rule bulk = approvals.of("ECS-BulkReboot");
    assertThat(bulk.needed()).isEqualTo(1);
    assertThat(bulk.reminder()).isNull();
    assertThat(bulk.reason().isNeeded(true)).isTrue();
    Approvals.Rule rds = approvals.of("RDS-Any");
    assertThat(rds.needed()).isEqualTo(2);
    assertThat(rds.reminder()).isEqualTo(Duration.ofHours(1));
    assertThat(rds.approvers()).isEqualTo(approvals.general().approvers());
    assertThat(rds.reason().isNeeded(false)).isFalse();
    Configuration configuration = read(JSON.replace("\"requesterMayApprove\":false", RULES));
    assertThat(ConfigurationJson.read(ConfigurationJson.write(configuration)))
        .isEqualTo(configuration);
  }

  @Test
  void whom_a_message_mentions_are_the_approvers_of_its_platform_without_who_asked() {
    assertThat(rights.approvers(Platform.SLACK, "T1", "T", "dingtalk:d1/s1", List.of()))
        .containsExactly("U2");
    assertThat(rights.approvers(Platform.DINGTALK, "d1", "T", "slack:T1/U2", List.of()))
        .isEmpty();
    assertThat(rights.identities("dingtalk:d1/s1"))
        .containsExactly("dingtalk:d1/s1", "slack:T1/U1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "environment=staging-2 | ALLOWED",
        "ENVIRONMENT=staging   | ALLOWED",
        "environment=prod      | PARAMETER environment=prod",
        "''                    | PARAMETER environment",
        "other=staging         | PARAMETER environment",
      })
  void an_entry_with_patterns_allows_the_values_that_match_and_templates_that_have_the_parameter(
      String given, String expected) {
    Rights limited = new Rights(
        read(
            JSON.replace(
                "\"ramRoles\":[\"OOSServiceRole\"]}",
                "\"ramRoles\":[\"OOSServiceRole\"],\"parameters\":{\"environment\":\"staging*\",\"count\":[1,2,\"*\"]}}")));
    Map<String, RunRequest.Value> values = new LinkedHashMap<>();
    values.put("count", RunRequest.Value.of("7"));
    if (!given.isEmpty()) {
      values.put(
          given.substring(0, given.indexOf('=')),
          RunRequest.Value.of(given.substring(given.indexOf('=') + 1)));
    }

    Verdict verdict = limited.decide(
        new Principal(Platform.SLACK, "T1", "U1", ""),
        new Place(Platform.SLACK, "T1", "C1"),
        "oos run",
        new RunRequest("ECS-Any", "cn-hangzhou", "", values));

    assertThat(
            verdict instanceof Verdict.Denied denied
                ? (denied.reason() + " " + denied.what())
                : "ALLOWED")
        .isEqualTo(expected);
  }

  @Test
  void each_element_of_a_list_must_match_and_of_a_selection_one_of_what_narrows_it() {
    List<String> staging = List.of("tag:env=staging", "i-1*");
    assertThat(new RunRequest.Value(List.of(List.of("i-10"), List.of("i-11"))).matches(staging))
        .isTrue();
    assertThat(new RunRequest.Value(List.of(List.of("i-10"), List.of("i-2"))).matches(staging))
        .isFalse();
    assertThat(new RunRequest.Value(List.of(List.of("tag:role=web", "tag:env=staging")))
            .matches(staging))
        .isTrue();
    assertThat(new RunRequest.Value(List.of(List.of())).matches(List.of("*"))).isFalse();
    assertThat(new RunRequest.Value(List.of()).matches(List.of("*"))).isFalse();
  }

  @Test
  void acting_on_an_execution_needs_the_right_for_its_template() {
    Principal ann = new Principal(Platform.SLACK, "T1", "U1", "");
    Place ops = new Place(Platform.SLACK, "T1", "C1");
    assertThat(rights.decide(ann, ops, "oos cancel", "ECS-X", "", "")).isEqualTo(Verdict.ALLOWED);
    assertThat(rights.decide(ann, ops, "oos cancel", "RDS-X", "", ""))
        .isEqualTo(new Verdict.Denied(Reason.TEMPLATE, "RDS-X"));
    Rights without = new Rights(read(JSON.replace("\"templates\":[\"ECS-*\"],", "")));
    assertThat(without.decide(ann, ops, "oos cancel", "ECS-StartInstances", "", ""))
        .isEqualTo(Verdict.ALLOWED);
    assertThat(without.decide(ann, ops, "oos cancel", "ECS-Other", "", ""))
        .isEqualTo(new Verdict.Denied(Reason.TEMPLATE, "ECS-Other"));
  }

  @Test
  void a_link_decides_only_where_it_is_allowed_and_nobody_is_named() {
    Principal bearer = new Principal(Platform.WEB, "", Rights.BEARER, "");
    Rights closed = new Rights(read(JSON.replace("\"bearerLinks\":true", "\"bearerLinks\":false")));

    assertThat(rights.mayDecide(bearer, "T", "slack:T1/U1", List.of()).isAllowed())
        .isTrue();
    assertThat(
            rights.mayDecide(bearer, "T", "slack:T1/U1", List.of("slack:T1/U2")).isAllowed())
        .isFalse();
    assertThat(closed.mayDecide(bearer, "T", "slack:T1/U1", List.of()).isAllowed())
        .isFalse();
    assertThat(rights
            .decide(bearer, new Place(Platform.WEB, "", ""), "ecs status", "", "", "")
            .isAllowed())
        .isFalse();
  }

  @Test
  void what_a_command_would_run_is_read_from_its_words() {
    assertThat(RunRequest.of(
            new Command(
                "ecs", "start", List.of("i-1"), Map.of("region", "cn-beijing", "role", "Admin")),
            configuration))
        .isEqualTo(new RunRequest("ECS-StartInstances", "cn-beijing", "Admin"));
    assertThat(RunRequest.of(
            new Command(
                "oos",
                "run",
                List.of("T", "RegionId=cn-beijing", "OOSAssumeRole=acs:ram::1:role/Admin"),
                Map.of()),
            configuration))
        .isEqualTo(new RunRequest("T", "cn-beijing", "Admin"));
    assertThat(RunRequest.of(new Command("oos", "run", List.of("T"), Map.of()), configuration))
        .isEqualTo(new RunRequest("T", "cn-hangzhou", ""));
    assertThat(RunRequest.of(new Command("oos", "list", List.of(), Map.of()), configuration))
        .isEqualTo(new RunRequest("", "", ""));
  }

  @Test
  void language_is_the_persons_then_the_channels_then_the_general_one() {
    Place ops = new Place(Platform.SLACK, "T1", "C1");
    assertThat(configuration.language(new Principal(Platform.SLACK, "T1", "U1", ""), ops))
        .isEqualTo(Language.ZH);
    assertThat(configuration.language(new Principal(Platform.SLACK, "T1", "U9", ""), ops))
        .isEqualTo(Language.JA);
    assertThat(configuration.language(
            new Principal(Platform.SLACK, "T1", "U9", ""), new Place(Platform.SLACK, "T1", "C2")))
        .isEqualTo(Language.EN);
  }

  @Test
  void the_flat_form_reads_as_the_same_with_the_same_hash() {
    Configuration again = ConfigurationJson.read(ConfigurationJson.write(configuration));

    assertThat(again).isEqualTo(configuration);
    assertThat(again.hash()).isEqualTo(configuration.hash()).hasSize(64);
    assertThat(read(JSON.replace("cn-beijing", "cn-shanghai")).hash())
        .isNotEqualTo(configuration.hash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'version':1                     | 'version':2                | version: expected 1",
        "'language':'en'                 | 'language':'fr'            | language: expected en, zh or ja",
        "'rights':                       | 'right':                   | right: unknown; did you mean rights?",
        "'default':'cn-hangzhou'         | 'default':'cn-nowhere'     | regions.default: cn-nowhere is not in regions.allowed",
        "'default':'OOSServiceRole'      | 'default':'X'              | roles.default: X is not in roles.allowed",
        "'who':['group:operators']       | 'who':['group:nobody']     | rights[0].who[0]: there is no group nobody in groups",
        "'who':['group:operators']       | 'who':['ann']              | rights[0].who[0]: expected an id such as",
        "'who':['group:operators']       | 'who':[]                   | rights[0].who: expected at least one",
        "'commands':['ecs *','oos *']    | 'commands':['ecs fly']     | rights[0].commands[0]: no command is called so",
        "'commands':['ecs *','oos *']    | 'commands':'ecs *'         | rights[0].commands: expected a list",
        "'regions':['cn-hangzhou']       | 'regions':['us-east-1']    | rights[0].regions[0]: us-east-1 is not in regions.allowed",
        "'ramRoles':['OOSServiceRole']   | 'ramRoles':['Root']        | rights[0].ramRoles[0]: Root is not in roles.allowed",
        "'bearerLinks':true              | 'bearerLinks':'yes'        | approvals.bearerLinks: expected true or false",
        "'ramRoles':['OOSServiceRole']   | 'ramRoles':['OOSServiceRole'],'parameters':{'a':[]} | rights[0].parameters.a: expected at least one pattern",
        "'ramRoles':['OOSServiceRole']   | 'ramRoles':['OOSServiceRole'],'parameters':{'a':{'b':1}} | rights[0].parameters.a: expected a pattern of values",
        "'ramRoles':['OOSServiceRole']   | 'parameter':{'a':1} | rights[0].parameter: unknown; did you mean parameters?",
        "'requesterMayApprove':false     | 'needed':3 | approvals.needed: 3 different people are needed, but the approvers are only 2",
        "'requesterMayApprove':false     | 'needed':0 | approvals.needed: expected a whole number from 1 to 50",
        "'requesterMayApprove':false     | 'reason':'always' | approvals.reason: expected optional, rejection or required",
        "'requesterMayApprove':false     | 'reminder':'soon' | approvals.reminder: expected a number and s, m, h or d",
        "'requesterMayApprove':false     | 'rules':[{'templates':['*'],'bearerLinks':true,'approvers':['group:approvers']}] | approvals.rules[0].bearerLinks: a link has no identity",
        "'requesterMayApprove':false     | 'rules':[{'needed':1}] | approvals.rules[0].templates: expected at least one pattern",
        "'requesterMayApprove':false     | 'rules':[{'templates':['*'],'approvers':['group:dba']}] | approvals.rules[0].approvers[0]: there is no group dba",
        "'hosts':['oapi.dingtalk.com']   | 'hosts':['127.0.0.1']      | outbound.hosts[0]: expected a host name",
        "'hosts':['oapi.dingtalk.com']   | 'hosts':['*.com:1']        | outbound.hosts[0]: expected a host name",
        "'operators':['slack:T1/U1'      | 'operators':['group:approvers' | groups.operators[0]: a group has people, not groups",
      })
  void what_cannot_be_meant_is_told_with_its_path(String good, String bad, String problem) {
    String json = JSON.replace(good.replace('\'', '"'), bad.replace('\'', '"'));
    assertThat(json).isNotEqualTo(JSON);

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void all_problems_are_told_at_once() {
    assertThatThrownBy(() ->
            ConfigurationJson.of(JsonReader.read("{\"version\":3,\"slak\":{},\"language\":1}")))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> assertThat(e.problems())
                .extracting(ConfigurationException.Problem::path)
                .contains("version", "slak", "language"));
  }

  @ParameterizedTest
  @CsvSource({
    "*,anything,true",
    "a*c,abc,true",
    "a*c,ac,true",
    "a*c,abcd,false",
    "*b*,abc,true",
    "ecs *,ecs start,true",
    "ecs *,ecs,false",
    "'',x,false",
    "a.c,abc,false",
    "**a,xxa,true",
    "a*b*c,aXbYbZc,true"
  })
  void a_star_stands_for_any_characters(String pattern, String name, boolean matches) {
    assertThat(Pattern.matches(pattern, name)).isEqualTo(matches);
  }

  private Verdict mayDecide(String user, String requester, List<String> named) {
    return rights.mayDecide(new Principal(Platform.SLACK, "T1", user, ""), "T", requester, named);
  }

  private static Configuration read(String json) {
    return ConfigurationJson.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
