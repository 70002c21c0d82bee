package chatops.cloudsim.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One product of the simulated cloud. Registered explicitly; its calls may come from several threads at once. */
public interface CloudService {

  /** One API: reads the call and answers the reply's fields without {@code RequestId}, or throws {@link CloudException}. */
  interface Api {
    ObjectNode call(CloudCall call);
  }

  /** The product code as SDKs spell it, such as {@code Ecs}. */
  String product();

  /** The API version, which also tells RPC products apart that share one address. */
  String version();

  Map<String, Api> apis();

  /** The resources a call touches, as {@code acs:…} names for policies; {@code *} when the API has none. */
  default List<String> resources(CloudCall call) {
    return List.of("*");
  }

  /** What a caller without the permission sees: an error for most APIs, an empty list for a few. */
  default Api withoutPermission(CloudCall call) {
    return denied -> {
      throw new CloudException(
          403,
          "Forbidden.RAM",
          "User not authorized to operate on the specified resource, or this API doesn't support RAM: "
              + denied.caller().arn()
              + " lacks "
              + product().toLowerCase(Locale.ROOT)
              + ":"
              + denied.api()
              + ".");
    };
  }
}
