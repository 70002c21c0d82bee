package chatops.local.host;

/** The two functions of a deployment. */
public enum ProductFunction {
  FRONT("front", "chatops.front.FrontHandler", SimulatedAccount.FRONT),
  EXECUTION("execution", "chatops.execution.ExecutionHandler", SimulatedAccount.EXECUTION);

  private final String id;
  private final String handler;
  private final String simulated;

  ProductFunction(String id, String handler, String simulated) {
    this.id = id;
    this.handler = handler;
    this.simulated = simulated;
  }

  /** Its key in {@code s.yaml}, and the name of its package. */
  public String id() {
    return id;
  }

  /** The module that holds it. */
  public String module() {
    return id + "-fc";
  }

  /** Its class, with a public constructor without arguments. */
  public String handler() {
    return handler;
  }

  /** Its name in the simulated account. */
  String simulatedName() {
    return simulated;
  }
}
