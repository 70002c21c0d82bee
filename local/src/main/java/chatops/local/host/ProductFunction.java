package chatops.local.host;

/** The two functions of a deployment. */
public enum ProductFunction {
  FRONT("front", "chatops.front.FrontHandler", SimulatedAccount.FRONT, 5 * 20),
  EXECUTION(
      "execution",
      "chatops.execution.ExecutionHandler",
      SimulatedAccount.EXECUTION,
      Integer.MAX_VALUE);

  private final String id;
  private final String handler;
  private final String simulated;
  private final int mostAtOnce;

  ProductFunction(String id, String handler, String simulated, int mostAtOnce) {
    this.id = id;
    this.handler = handler;
    this.simulated = simulated;
    this.mostAtOnce = mostAtOnce;
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

  /**
   * Requests at the same time: Front's as {@code s.yaml} deploys it, instances times what one of them serves at once; FC answers further ones 429. Execution's
   * events wait in its one process, which stands for twenty instances: FC's queue would let each wait twice as long every time, up to minutes.
   */
  public int mostAtOnce() {
    return mostAtOnce;
  }
}
