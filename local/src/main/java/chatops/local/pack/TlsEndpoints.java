package chatops.local.pack;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** A function's environment with the cloud's addresses behind TLS. */
record TlsEndpoints(TlsTerminator tls) {
  Map<String, String> of(Map<String, String> environment) throws IOException {
    Map<String, String> changed = new TreeMap<>(environment);
    String functions = changed.get("FC_ENDPOINT");
    if (functions != null) {
      changed.put("FC_ENDPOINT", tls.before(URI.create(functions)).toString());
    }
    String services = changed.get("CHATOPS_ENDPOINTS");
    if (services != null) {
      StringBuilder list = new StringBuilder();
      for (String entry : services.split(",", -1)) {
        int equals = entry.indexOf('=');
        list.append(list.isEmpty() ? "" : ",")
            .append(entry, 0, equals + 1)
            .append(tls.before(URI.create(entry.substring(equals + 1))));
      }
      changed.put("CHATOPS_ENDPOINTS", list.toString());
    }
    return changed;
  }
}
