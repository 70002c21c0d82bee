package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.dingtalk.ApiAnswer;
import chatops.cloudsim.dingtalk.DingTalk;
import chatops.cloudsim.dingtalk.RobotAnswer;
import chatops.cloudsim.http.Door;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import java.time.Duration;
import java.util.Map;

/** DingTalk's receiving ends: {@code /robot/send} of custom robots, {@code /robot/sendBySession} of session web hooks, and the Web API. */
public final class DingTalkDoor implements Door {
  private final DingTalk dingTalk;
  private final CallLog log;
  private final Faults faults;

  public DingTalkDoor(DingTalk dingTalk, CallLog log, Faults faults) {
    this.dingTalk = dingTalk;
    this.log = log;
    this.faults = faults;
  }

  @Override
  public WebReply answer(WebRequest request) {
    if (request.path().startsWith("/v1.0/")) {
      return called(request);
    }
    String api = request.path().startsWith("/robot/")
        ? request.path().substring("/robot/".length())
        : "unknown";
    WebReply reply = DoorFaults.ofChat(faults.hit("DingTalk", api), () -> receive(api, request));
    log.add(
        "robot",
        "DingTalk",
        api,
        "",
        Map.of("bytes", String.valueOf(request.body().length)),
        reply.status(),
        reply.text().contains("\"errcode\":0") ? "OK" : reply.text(),
        "",
        Duration.ZERO);
    return reply;
  }

  private WebReply called(WebRequest request) {
    String api = request.path().substring("/v1.0/".length());
    WebReply reply = DoorFaults.ofChat(faults.hit("DingTalk", api), () -> {
      ApiAnswer answer = dingTalk
          .api()
          .call(
              request.method(),
              request.path(),
              request.header("x-acs-dingtalk-access-token"),
              request.body());
      return WebReply.json(answer.status(), answer.body().toString());
    });
    log.add(
        "application",
        "DingTalk",
        api,
        "",
        Map.of("bytes", String.valueOf(request.body().length)),
        reply.status(),
        reply.status() == 200 ? "OK" : reply.text(),
        "",
        Duration.ZERO);
    return reply;
  }

  private WebReply receive(String api, WebRequest request) {
    if (!request.method().equals("POST")) {
      return WebReply.json(200, new RobotAnswer(43002, "need POST").json().toString());
    }
    Map<String, String> query = request.queryMap();
    return switch (api) {
      case "send" ->
        said(dingTalk.robots().send(query, request.header("Content-Type"), request.body()));
      case "sendBySession" ->
        said(dingTalk.sessions().send(query.getOrDefault("session", ""), request.body()));
      default -> WebReply.of(404, "text/plain", "not found");
    };
  }

  private static WebReply said(RobotAnswer answer) {
    return WebReply.json(200, answer.json().toString());
  }
}
