package chatops.cloudsim.ecs;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.Parameters;
import java.util.Optional;

/** One of the three power operations: from which state it may start and what it does. */
enum Power {
  START(InstanceStatus.STOPPED) {
    @Override
    void apply(Instance instance, Parameters parameters, Fleet fleet) {
      instance.stoppedMode = "Not-applicable";
      instance.change(
          InstanceStatus.STARTING,
          InstanceStatus.RUNNING,
          fleet.after(fleet.pace().start()));
    }
  },
  STOP(InstanceStatus.RUNNING) {
    @Override
    void apply(Instance instance, Parameters parameters, Fleet fleet) {
      instance.stoppedMode = parameters.text("StoppedMode").orElse("KeepCharging");
      instance.change(
          InstanceStatus.STOPPING,
          InstanceStatus.STOPPED,
          fleet.after(fleet.pace().stop()));
    }
  },
  REBOOT(InstanceStatus.RUNNING) {
    @Override
    void apply(Instance instance, Parameters parameters, Fleet fleet) {
      instance.change(
          InstanceStatus.STARTING,
          InstanceStatus.RUNNING,
          fleet.after(fleet.pace().reboot()));
    }
  };

  private final InstanceStatus from;

  Power(InstanceStatus from) {
    this.from = from;
  }

  abstract void apply(Instance instance, Parameters parameters, Fleet fleet);

  void check(Instance instance, Parameters parameters) {
    if (instance.locks.contains("security")) {
      throw new CloudException(
          403,
          "InstanceLockedForSecurity",
          "The instance is locked due to security, operation denied.");
    }
    if (instance.locks.contains("financial")) {
      throw new CloudException(
          403, "InstanceExpiredOrInArrears", "The specified instance is expired or in arrears.");
    }
    if (instance.status == InstanceStatus.PENDING) {
      throw new CloudException(
          403,
          "IncorrectInstanceStatus.Initializing",
          "The specified instance status does not support this operation.");
    }
    if (instance.status != from) {
      throw Ecs.wrongStatus();
    }
    Optional<String> mode = parameters.text("StoppedMode");
    if (this == STOP && mode.isPresent()) {
      checkStoppedMode(instance, mode.get());
    }
  }

  private static void checkStoppedMode(Instance instance, String mode) {
    if (!mode.equals("StopCharging") && !mode.equals("KeepCharging")) {
      throw CloudException.invalid("StoppedMode", "expected StopCharging or KeepCharging.");
    }
    if (mode.equals("StopCharging") && (!instance.vpc || instance.chargeType.equals("PrePaid"))) {
      throw new CloudException(
          403,
          "InvalidInstanceId.NotSupport",
          "The specified instance does not support StopCharging; use KeepCharging.");
    }
  }
}
