package chatops.cloudsim.ecs;

/** ECS's own words for an instance's state. */
public enum InstanceStatus {
  PENDING("Pending"),
  STARTING("Starting"),
  RUNNING("Running"),
  STOPPING("Stopping"),
  STOPPED("Stopped");

  private final String text;

  InstanceStatus(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
