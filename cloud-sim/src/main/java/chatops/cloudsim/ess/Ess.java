package chatops.cloudsim.ess;

import chatops.cloudsim.cloud.CloudService;
import java.util.HashMap;
import java.util.Map;

/** ESS 2014-08-28 on {@link AutoScaling}. Thread-safe. */
public final class Ess implements CloudService {
  private final Map<String, Api> apis = new HashMap<>();

  public Ess(AutoScaling scaling, String accountId) {
    apis.putAll(new GroupCalls(scaling).apis());
    apis.putAll(new RuleCalls(scaling, accountId).apis());
    apis.putAll(new HookCalls(scaling).apis());
  }

  @Override
  public String product() {
    return "Ess";
  }

  @Override
  public String version() {
    return "2014-08-28";
  }

  @Override
  public Map<String, Api> apis() {
    return apis;
  }
}
