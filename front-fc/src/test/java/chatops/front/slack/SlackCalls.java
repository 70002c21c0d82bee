package chatops.front.slack;

import chatops.front.FrontBench;
import com.slack.api.app_backend.SlackSignature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests as Slack makes them, signed by Slack's own signer. */
final class SlackCalls {
  private SlackCalls() {}

  static FrontBench.Answer post(FrontBench front, String path, String body) {
    String timestamp = String.valueOf(front.clock.instant().getEpochSecond());
    return front.send(
        "POST",
        path,
        signed(FrontBench.SLACK_SECRET, timestamp, body),
        body.getBytes(StandardCharsets.UTF_8),
        false);
  }

  static Map<String, String> signed(String secret, String timestamp, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("X-Slack-Request-Timestamp", timestamp);
    headers.put(
        "X-Slack-Signature", new SlackSignature.Generator(secret).generate(timestamp, body));
    return headers;
  }

  static Map<String, String> command(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("token", "gIkuvaNzQIHg97ATvDxqgjtO");
    form.put("team_id", "T0001");
    form.put("channel_id", "C1");
    form.put("user_id", "U1");
    form.put("user_name", "ann");
    form.put("command", "/ecs");
    form.put("text", text);
    form.put("api_app_id", "A123456");
    form.put("response_url", "https://hooks.slack.com/commands/T0001/1/secret-path");
    form.put("trigger_id", "1.2.3");
    return form;
  }

  static String encode(Map<String, String> form) {
    StringBuilder body = new StringBuilder();
    form.forEach((name, value) -> body.append(body.length() == 0 ? "" : "&")
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return body.toString();
  }

  static FrontBench.Answer say(FrontBench front, String text) {
    return post(front, "/slack/command", encode(command(text)));
  }

  static FrontBench.Answer say(FrontBench front, String text, String... fields) {
    Map<String, String> form = command(text);
    for (int i = 0; i < fields.length; i += 2) {
      form.put(fields[i], fields[i + 1]);
    }
    return post(front, "/slack/command", encode(form));
  }
}
