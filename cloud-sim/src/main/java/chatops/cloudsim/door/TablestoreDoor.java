package chatops.cloudsim.door;

import chatops.cloudsim.http.Door;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.tablestore.Tablestore;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The endpoint of Tablestore: {@code POST /PutRow} and its like; the instance is told by a header. */
public final class TablestoreDoor implements Door {
  private final Tablestore tablestore;

  public TablestoreDoor(Tablestore tablestore) {
    this.tablestore = tablestore;
  }

  @Override
  public WebReply answer(WebRequest request) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return tablestore.handle(request.path().substring(1), headers, request.body());
  }
}
