package chatops.front.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.util.List;
import java.util.Map;

/** Slack's receiving ends on this machine: response URLs and the Web API, well or ill. */
final class SlackPeer implements AutoCloseable {
  static final String TOKEN = "xoxb-of-the-test";

  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  SlackPeer() {
    server.start();
    server.stubFor(any(anyUrl()).willReturn(okJson("{\"ok\":true}")));
  }

  /** What Front's environment says besides. */
  Map<String, String> environment() {
    return Map.of(
        "CHATOPS_OUTBOUND_LOOPBACK",
        "true",
        "SLACK_BOT_TOKEN",
        TOKEN,
        "SLACK_API_URL",
        server.baseUrl() + "/api/");
  }

  String responseUrl() {
    return server.baseUrl() + "/actions/T0001/1/abc";
  }

  void answers(String path, ResponseDefinitionBuilder answer) {
    server.stubFor(any(urlPathEqualTo(path)).willReturn(answer));
  }

  static ResponseDefinitionBuilder refusal(String error) {
    return okJson("{\"ok\":false,\"error\":\"" + error + "\"}");
  }

  static ResponseDefinitionBuilder reset() {
    return aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
  }

  /** Bodies of the requests to a path, oldest first. */
  List<JsonObject> requests(String path) {
    return server.findAll(anyRequestedFor(urlPathEqualTo(path))).stream()
        .map(request -> JsonReader.object(request.getBody()))
        .toList();
  }

  List<String> tokens(String path) {
    return server.findAll(anyRequestedFor(urlPathEqualTo(path))).stream()
        .map(request -> request.getHeader("Authorization"))
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }
}
