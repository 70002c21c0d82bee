package chatops.execution.explain;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.cloudsim.assistant.Trouble;
import chatops.execution.explain.Explanation.Retry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationsTest {
  private final Explanations explanations = Explanations.shipped();

  /** ECS, "Cloud Assistant error codes" and "RunCommand"; Auto Scaling, "FAQ about lifecycle hooks". */
  private static final List<String> DOCUMENTED = List.of(
      "InstanceNotExists",
      "InstanceReleased",
      "InstanceNotRunning",
      "CommandNotApplicable",
      "AccountNotExists",
      "DirectoryNotExists",
      "BadCronExpression",
      "ClientNotRunning",
      "ClientNotResponse",
      "ClientIsUpgrading",
      "ClientNeedUpgrade",
      "ClientNetworkBlocked",
      "SecurityGroupRuleDenied",
      "DeliveryTimeout",
      "ExecutionTimeout",
      "ExecutionException",
      "ExecutionInterrupted",
      "ExitCodeNonzero",
      "InvalidInstance.NotMatch",
      "InstanceIds.ExceedLimit",
      "InvalidCmdType.NotFound",
      "CmdName.ExceedLimit",
      "CmdDesc.ExceedLimit",
      "CmdCount.ExceedQuota",
      "Username.ExceedLimit",
      "InvalidParam.Frequency",
      "MissingParam.Frequency",
      "RegionId.ApiNotSupported",
      "InternalError.Dispatch",
      "Forbidden.Unauthorized",
      "Forbidden.RAM",
      "LifecycleHookIdAndLifecycleActionToken.Invalid",
      "LifecycleAction.TimeExceeded",
      "LifecycleAction.RecordTimesExceeded");

  @ParameterizedTest
  @EnumSource(Language.class)
  void every_code_has_a_cause_and_a_fix_in_every_language(Language language) {
    assertThat(explanations.codes()).containsAll(DOCUMENTED);
    for (String code : explanations.codes()) {
      String api = code.equals("InvalidInstance.NotFound") ? "ECS.RunCommand" : "";
      Explanation explanation = explanations.of(code, api, language).orElseThrow();
      assertThat(explanation.cause()).as(code).isNotBlank().doesNotContain("{");
      assertThat(explanation.fix()).as(code).isNotBlank().doesNotContain("{");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Trouble.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void whatever_cloud_assistant_says_of_an_instance_is_explained(Trouble trouble) {
    Explanation explanation =
        explanations.in(trouble.code() + ": on i-bp1a", Language.JA).orElseThrow();

    assertThat(explanation.code()).isEqualTo(trouble.code());
    assertThat(explanation.fix()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "ESS.CompleteLifecycleAction, ess:CompleteLifecycleAction",
    "ECS.RunCommand, ecs:RunCommand",
    "r-kvstore.ModifySecurityIps, kvstore:ModifySecurityIps",
    "BssOpenApi.GetOrderDetail, bss:DescribeOrderDetail",
  })
  void the_missing_ram_action_is_named(String api, String action) {
    Explanation explanation = explanations.of("Forbidden.RAM", api, Language.EN).orElseThrow();

    assertThat(explanation.action()).isEqualTo(action);
    assertThat(explanation.fix()).contains(action);
  }

  @Test
  void the_code_is_found_in_what_an_execution_says() {
    String message =
        "ESS.CompleteLifecycleAction: LifecycleHookIdAndLifecycleActionToken.Invalid: The specified"
            + " token is invalid. (request 8E1C2B3A-0000)";

    Explanation explanation = explanations.in(message, Language.EN).orElseThrow();

    assertThat(explanation.code()).isEqualTo("LifecycleHookIdAndLifecycleActionToken.Invalid");
    assertThat(explanation.action()).isEmpty();
    assertThat(explanation.fix()).contains("timeout");
  }

  @Test
  void a_code_of_one_word_is_only_believed_behind_the_call_it_came_from() {
    assertThat(explanations.in("Forbidden fruit", Language.EN)).isEmpty();
    assertThat(explanations
            .in("ECS.RunCommand: Forbidden: no", Language.EN)
            .orElseThrow()
            .action())
        .isEqualTo("ecs:RunCommand");
  }

  @Test
  void what_an_instance_says_is_found_without_a_call() {
    Explanation explanation =
        explanations.in("i-bp1a: DeliveryTimeout after 60 s", Language.ZH).orElseThrow();

    assertThat(explanation.retry()).isEqualTo(Retry.SAFE);
    assertThat(explanations.in("all is well", Language.EN)).isEmpty();
  }

  @Test
  void a_code_that_other_services_use_too_is_explained_for_its_own_calls_only() {
    assertThat(explanations.of("InvalidInstance.NotFound", "ECS.RunCommand", Language.EN))
        .isPresent();
    assertThat(explanations.of("InvalidInstance.NotFound", "RDS.DescribeDBInstances", Language.EN))
        .isEmpty();
  }
}
