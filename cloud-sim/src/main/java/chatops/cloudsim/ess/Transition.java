package chatops.cloudsim.ess;

import chatops.cloudsim.cloud.CloudException;

/** Which scaling activities a lifecycle hook holds up. */
public enum Transition {
  SCALE_OUT("ScaleOut"),
  SCALE_IN("ScaleIn");

  private final String eventName;

  Transition(String eventName) {
    this.eventName = eventName;
  }

  /** As event types spell it. */
  String eventName() {
    return eventName;
  }

  static Transition of(String text) {
    for (Transition transition : values()) {
      if (transition.name().equals(text)) {
        return transition;
      }
    }
    throw CloudException.invalid("LifecycleTransition", "expected SCALE_OUT or SCALE_IN.");
  }
}
