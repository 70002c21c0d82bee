package chatops.cloudsim.assistant;

/** The {@code ErrorCode} of one instance's run, with the words of {@code ErrorInfo} (pages "DescribeInvocations" and "Cloud Assistant FAQ"). */
public enum Trouble {
  NONE("", "", RunStatus.SUCCESS),
  INSTANCE_NOT_EXISTS(
      "InstanceNotExists", "the instance does not exist or is released", RunStatus.ABORTED),
  INSTANCE_RELEASED(
      "InstanceReleased", "the instance was released while the command ran", RunStatus.ERROR),
  INSTANCE_NOT_RUNNING(
      "InstanceNotRunning", "the instance is not running when create the task", RunStatus.ABORTED),
  COMMAND_NOT_APPLICABLE(
      "CommandNotApplicable",
      "the command is not applicable for the instance's operating system",
      RunStatus.INVALID),
  ACCOUNT_NOT_EXISTS("AccountNotExists", "the specified user does not exist", RunStatus.ERROR),
  DIRECTORY_NOT_EXISTS(
      "DirectoryNotExists", "the specified directory does not exist", RunStatus.ERROR),
  BAD_CRON_EXPRESSION("BadCronExpression", "the cron expression is invalid", RunStatus.INVALID),
  CLIENT_NOT_RUNNING("ClientNotRunning", "the aliyun service is not running", RunStatus.ABORTED),
  CLIENT_NOT_RESPONSE("ClientNotResponse", "the aliyun service did not respond", RunStatus.ABORTED),
  CLIENT_IS_UPGRADING("ClientIsUpgrading", "the aliyun service is upgrading", RunStatus.ABORTED),
  CLIENT_NEED_UPGRADE(
      "ClientNeedUpgrade", "the aliyun service needs to be upgraded", RunStatus.ERROR),
  CLIENT_NETWORK_BLOCKED(
      "ClientNetworkBlocked",
      "the aliyun service cannot reach the service's endpoint",
      RunStatus.ABORTED),
  SECURITY_GROUP_RULE_DENIED(
      "SecurityGroupRuleDenied",
      "a security group rule denies the aliyun service's access",
      RunStatus.ABORTED),
  DELIVERY_TIMEOUT(
      "DeliveryTimeout", "the command could not be delivered in time", RunStatus.ABORTED),
  EXECUTION_TIMEOUT(
      "ExecutionTimeout", "the command execution has been timeout", RunStatus.TIMEOUT),
  EXECUTION_EXCEPTION(
      "ExecutionException", "an exception occurred when the command ran", RunStatus.ERROR),
  EXECUTION_INTERRUPTED(
      "ExecutionInterrupted",
      "the command was interrupted: the instance was stopped or restarted",
      RunStatus.ERROR),
  EXIT_CODE_NONZERO(
      "ExitCodeNonzero", "the exit code of the command is not zero", RunStatus.FAILED);

  private final String code;
  private final String info;
  private final RunStatus status;

  Trouble(String code, String info, RunStatus status) {
    this.code = code;
    this.info = info;
    this.status = status;
  }

  /** As the API spells it; empty for {@link #NONE}. */
  public String code() {
    return code;
  }

  String info() {
    return info;
  }

  RunStatus status() {
    return status;
  }
}
