package chatops.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.fc.FunctionClient;
import chatops.chat.form.TemplateForms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontHandlerTest {
  @TempDir
  Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "GET,/healthz,200",
    "HEAD,/healthz,200",
    "POST,/healthz,405",
    "GET,/,404",
    "GET,/slack/command,405",
    "GET,/dingtalk/robot,405",
    "POST,/slack/command/,404",
    "PUT,/slack/interactive,405",
    "POST,/slack/command,401",
    "POST,/slack/interactive,401",
    "POST,/dingtalk/robot,401"
  })
  void every_path_has_its_answer(String method, String path, int status) {
    assertThat(new FrontBench(folder)
            .send(method, path, Map.of(), new byte[0], false)
            .status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{",
        "\u0000",
        "{\"triggerTime\":\"2018-02-09T05:49:00Z\",\"triggerName\":\"t\",\"payload\":\"\"}",
        "{\"requestContext\":{\"http\":{\"method\":\"POST\",\"path\":\"/slack/command\"}},\"body\":\"%\",\"isBase64Encoded\":true}",
        "{\"requestContext\":{\"http\":{\"method\":1}}}",
        "{\"requestContext\":{\"http\":{\"method\":\"GET\",\"path\":\"/\"}},\"headers\":[]}"
      })
  void other_shapes_are_answered_and_never_thrown_at(String event) {
    assertThat(
            new FrontBench(folder).raw(event.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(400);
  }

  @Test
  void a_huge_event_is_refused_unread() {
    assertThat(new FrontBench(folder).raw(new byte[2 << 20]).status()).isEqualTo(413);
  }

  @Test
  void random_bytes_are_answered() {
    FrontBench front = new FrontBench(folder);
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      byte[] event = new byte[random.nextInt(300)];
      random.nextBytes(event);
      assertThat(front.raw(event).status()).isEqualTo(400);
    }
  }

  @Test
  void every_missing_setting_is_told_at_once() {
    assertThatThrownBy(() -> new FrontHandler(
            Map.of(),
            chatops.fc2.FunctionClients::fromEnvironment,
            InstantSource.system(),
            line -> {}))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll(
            "CHATOPS_RIGHTS",
            "CHATOPS_SEAL_KEYS",
            "CHATOPS_LINK_KEY",
            "CHATOPS_URL",
            "EXECUTION_FUNCTION");
  }

  @ParameterizedTest
  @CsvSource({
    "SLACK_SIGNING_SECRET,'',SLACK_SIGNING_SECRET is not set",
    "DINGTALK_APP_SECRET,'',DINGTALK_APP_SECRET is not set",
    "SLACK_SIGNING_SECRET,geheim1,shorter than 8",
    "SLACK_SIGNING_SECRET,'geheimnis1,geheimnis2,geheimnis3',at most two",
    "SLACK_SIGNING_SECRET,'geheimnis1,',secret 2",
    "CHATOPS_SEAL_KEYS,geheimnis,seal key 1",
    "CHATOPS_LINK_KEY,geheimnis,CHATOPS_LINK_KEY",
    "CHATOPS_URL,http://chatops.example.com,expected https",
    "CHATOPS_URL,https://chatops.example.com/path,without a path",
    "CHATOPS_URL,not a url,not a URL",
    "CHATOPS_RIGHTS,/nowhere/geheimnis.json,does not read",
    "EXECUTION_FUNCTION,'',EXECUTION_FUNCTION",
    "EXECUTION_FUNCTION,no name,'EXECUTION_FUNCTION: function name'",
    "SLACK_API_URL,::geheim,SLACK_API_URL",
    "CHATOPS_RIGHTS_LIVE,s3://geheim/rights.json,CHATOPS_RIGHTS_LIVE",
    "CHATOPS_RIGHTS_LIVE,oss://geheim,CHATOPS_RIGHTS_LIVE",
  })
  void a_wrong_setting_is_named_and_not_shown(String name, String value, String told) {
    Map<String, String> environment =
        new HashMap<>(FrontBench.environment(folder, FrontBench.RIGHTS));
    environment.put(name, value);

    assertThatThrownBy(() -> new FrontHandler(
            environment,
            chatops.fc2.FunctionClients::fromEnvironment,
            InstantSource.system(),
            line -> {}))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(told)
        .hasMessageNotContaining("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"forms\":[]}\n",
        "chatops-forms 1\n",
        "chatops-forms 2 0000000\n",
        "chatops-forms 2 00000000\nT\t{\"na",
        // well framed, and its line was changed
        "chatops-forms 2 00000000\nT\t{\"na\n"
      })
  void a_file_of_forms_that_is_none_is_cut_off_or_was_changed_stops_the_start(String content)
      throws IOException {
    Path forms = Files.writeString(folder.resolve("geheim.txt"), content);
    Map<String, String> environment =
        new HashMap<>(FrontBench.environment(folder, FrontBench.RIGHTS));
    environment.put("CHATOPS_FORMS", forms.toString());

    assertThatThrownBy(() -> new FrontHandler(
            environment,
            (settings, keys) -> new ScriptedExecution(),
            InstantSource.system(),
            line -> {}))
        .isInstanceOf(SettingsException.class)
        .hasMessageContainingAll(
            "CHATOPS_FORMS: the file of forms", "./chatops config compile --forms")
        .hasMessageNotContaining("geheim");

    Files.write(forms, TemplateForms.write(List.of()));
    assertThatCode(() -> new FrontHandler(
            environment,
            (settings, keys) -> new ScriptedExecution(),
            InstantSource.system(),
            line -> {}))
        .doesNotThrowAnyException();
  }

  @Test
  void a_rights_file_with_a_mistake_stops_the_start_with_its_path() throws IOException {
    Map<String, String> environment =
        FrontBench.environment(folder, FrontBench.RIGHTS.replace("\"ecs start\"", "\"ecs fly\""));

    assertThatThrownBy(() -> new FrontHandler(
            environment,
            (settings, keys) -> new ScriptedExecution(),
            InstantSource.system(),
            line -> {}))
        .hasMessageContaining("rights[0].commands[1]");
    Files.writeString(folder.resolve("rights.json"), "{");
    assertThatThrownBy(() -> new FrontHandler(
            environment,
            (settings, keys) -> new ScriptedExecution(),
            InstantSource.system(),
            line -> {}))
        .hasMessageContaining("JSON 1:2");
  }

  @Test
  void a_platform_that_is_not_configured_has_no_door() {
    FrontBench slackOnly = new FrontBench(
        folder,
        FrontBench.RIGHTS.replace(
            "\"dingtalk\":{\"corporations\":[\"dingcorp0001\"]}", "\"dingtalk\":{}"),
        Map.of("DINGTALK_APP_SECRET", ""));

    assertThat(slackOnly
            .send("POST", "/dingtalk/robot", Map.of(), new byte[0], false)
            .status())
        .isEqualTo(404);
  }

  @Test
  void a_failure_of_our_own_is_an_empty_500_and_a_log_line_without_the_message() {
    FunctionClient broken = new ScriptedExecution() {
      @Override
      public Answer invoke(byte[] message, java.time.Duration timeout) {
        throw new IllegalStateException("geheim");
      }
    };
    java.util.List<String> log = new java.util.ArrayList<>();
    FrontBench bench = new FrontBench(folder);
    FrontHandler handler =
        new FrontHandler(bench.environment, (settings, keys) -> broken, bench.clock, log::add);
    String token = bench.linkKey.link(
        new chatops.chat.handover.ApprovalRef("exec-a", "b"),
        bench.clock.instant().plusSeconds(60));
    String event = "{\"rawPath\":\"/approvals/" + token
        + "\",\"requestContext\":{\"http\":{\"method\":\"GET\",\"path\":\"/\"}}}";
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new java.io.ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"statusCode\":500")
        .doesNotContain("geheim");
    assertThat(String.join("\n", log)).contains("IllegalStateException").doesNotContain("geheim");
  }
}
