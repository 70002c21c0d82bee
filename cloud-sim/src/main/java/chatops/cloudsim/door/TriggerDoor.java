package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.fc.FunctionCompute;
import chatops.cloudsim.fc.FunctionRuntime;
import chatops.cloudsim.http.Door;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A function's HTTP trigger: passes requests through as they came, Host included, without what only the platform may say ({@code x-fc-*}). */
public final class TriggerDoor implements Door {
  private final FunctionCompute functions;
  private final String function;

  public TriggerDoor(FunctionCompute functions, String function) {
    this.functions = functions;
    this.function = function;
  }

  @Override
  public WebReply answer(WebRequest request) {
    List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
    headers.removeIf(header -> header.getKey().toLowerCase(Locale.ROOT).startsWith("x-fc-"));
    String pathAndQuery =
        request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
    try {
      FunctionRuntime.Reply reply =
          functions.serve(function, request.method(), pathAndQuery, headers, request.body());
      List<Map.Entry<String, String>> answered = new ArrayList<>(reply.headers());
      answered.removeIf(
          header -> HttpRuntime.HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT)));
      return new WebReply(reply.status(), answered, reply.body(), Duration.ZERO, false);
    } catch (CloudException refusal) {
      return WebReply.json(
          refusal.status(),
          JsonNodeFactory.instance
              .objectNode()
              .put("Code", refusal.code())
              .put("Message", refusal.text())
              .toString());
    }
  }
}
