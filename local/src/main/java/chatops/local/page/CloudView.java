package chatops.local.page;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.ecs.Fleet;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The simulated account on the page: instances as they are, and the latest calls, newest first. */
final class CloudView {
  private static final int CALLS = 60;

  private CloudView() {}

  static void fill(ObjectNode state, CloudSim cloud, DateTimeFormatter time) {
    ArrayNode instances = state.putArray("instances");
    for (String id : cloud.fleet().ids()) {
      Fleet.Sight sight = cloud.fleet().look(id);
      instances
          .addObject()
          .put("id", sight.id())
          .put("name", sight.name())
          .put("region", sight.region())
          .put("status", sight.status().text());
    }
    ArrayNode calls = state.putArray("calls");
    List<CallRecord> records = cloud.log().records();
    for (int i = records.size() - 1; i >= Math.max(0, records.size() - CALLS); i--) {
      CallRecord record = records.get(i);
      calls
          .addObject()
          .put("at", time.format(record.time()))
          .put("api", record.service() + " " + record.api())
          .put("outcome", record.status() + (record.code().isEmpty() ? "" : " " + record.code()))
          .put("failed", record.status() >= 400)
          .put("subject", subject(record));
    }
  }

  /** Whom a call was about, and who made it. */
  private static String subject(CallRecord record) {
    Stream<String> about = record.parameters().entrySet().stream()
        .filter(
            entry -> entry.getKey().startsWith("InstanceId") || entry.getKey().equals("RoleArn"))
        .map(java.util.Map.Entry::getValue);
    String caller =
        record.caller().substring(record.caller().indexOf(':', "acs:ram::".length()) + 1);
    return Stream.concat(about, Stream.of(caller)).collect(Collectors.joining(" · "));
  }
}
