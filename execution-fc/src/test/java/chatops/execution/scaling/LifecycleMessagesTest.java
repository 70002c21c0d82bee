package chatops.execution.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTENT = """
      {"lifecycleHookId":"ash-bp1example","lifecycleHookName":"install",
       "lifecycleActionToken":"F324B880-900E-4968-85DD-816911130000","lifecycleTransition":"SCALE_OUT",
       "scalingGroupId":"asg-bp1example","scalingGroupName":"web","scalingActivityId":"asa-bp1example",
       "instanceIds":["i-bp1aaa","i-bp1bbb"],"defaultResult":"CONTINUE","requestId":"8E1C2B3A"}""";
  private static final String MESSAGE = """
      {"userId":"1234567890123456","time":"2026-03-01T08:15:30.120Z","product":"ESS","regionId":"cn-hangzhou",
       "resourceArn":"acs:ess:cn-hangzhou:1234567890123456:lifecyclehook/ash-bp1example","content":%s}""".formatted(CONTENT);

  private static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String topic(String message) {
    return """
        {"TopicOwner":"1234567890123456","TopicName":"ess-hooks","Subscriber":"1234567890123456",
         "SubscriptionName":"trigger-5b","MessageId":"3405","MessageMD5":"652B","Message":%s,"PublishTime":1772352930120}""".formatted(quoted(message));
  }

  private static String event(String type, String data) {
    return """
        {"specversion":"1.0","id":"9c1d","source":"acs.ess","type":"%s","time":"2026-03-01T16:15:30.120+08:00",
         "aliyunaccountid":"1234567890123456","aliyunregionid":"cn-hangzhou","aliyuneventbusname":"default","data":%s}""".formatted(type, data);
  }

  static Stream<String> wrappings() {
    String scaleOut = "ess:LifecycleHook:ScaleOut";
    return Stream.of(
        topic(MESSAGE),
        topic(base64(MESSAGE)),
        MESSAGE,
        base64(MESSAGE),
        "\n  " + MESSAGE,
        "{\"body\":" + quoted(MESSAGE) + ",\"attrs\":{\"a\":\"b\"}}",
        "{\"body\":" + quoted(base64(MESSAGE)) + ",\"attrs\":{}}",
        event(scaleOut, CONTENT),
        event(scaleOut, "{\"content\":" + CONTENT + "}"),
        event(scaleOut, MESSAGE),
        "[" + event(scaleOut, CONTENT) + "]",
        event(scaleOut, quoted(CONTENT)));
  }

  private static LifecycleMessage only(String text) {
    List<Received> received = LifecycleMessages.read(text.getBytes(StandardCharsets.UTF_8));
    assertThat(received).hasSize(1);
    assertThat(received.get(0)).isInstanceOf(Received.Hook.class);
    return ((Received.Hook) received.get(0)).message();
  }

  @ParameterizedTest
  @MethodSource("wrappings")
  void every_way_ends_in_the_same_message_with_the_same_id(String wrapped) {
    LifecycleMessage message = only(wrapped);

    assertThat(message.hookId()).isEqualTo("ash-bp1example");
    assertThat(message.token()).isEqualTo("F324B880-900E-4968-85DD-816911130000");
    assertThat(message.transition()).isEqualTo("SCALE_OUT");
    assertThat(message.groupId()).isEqualTo("asg-bp1example");
    assertThat(message.activityId()).isEqualTo("asa-bp1example");
    assertThat(message.instanceIds()).containsExactly("i-bp1aaa", "i-bp1bbb");
    assertThat(message.executionId()).isEqualTo(only(MESSAGE).executionId());
  }

  @Test
  void what_carried_it_says_whose_it_is_and_when() {
    LifecycleMessage message = only(topic(CONTENT));
    assertThat(message.owner()).isEqualTo("1234567890123456");
    assertThat(message.at()).isEqualTo(Instant.ofEpochMilli(1772352930120L));
    assertThat(message.userId()).isEmpty();

    LifecycleMessage event = only(event("ess:LifecycleHook:ScaleOut", CONTENT));
    assertThat(event.owner()).isEqualTo("1234567890123456");
    assertThat(event.regionId()).isEqualTo("cn-hangzhou");
    assertThat(event.at()).isEqualTo(Instant.parse("2026-03-01T08:15:30.120Z"));
    assertThat(only(MESSAGE).userId()).isEqualTo("1234567890123456");
  }

  @Test
  void a_test_and_other_events_start_nothing_and_are_no_mistake() {
    for (String type :
        List.of("ess:LifecycleHook:Test", "ess:ScalingActivity:ScaleOutSuccess", "ecs:x:y")) {
      assertThat(LifecycleMessages.read(event(type, "{}").getBytes(StandardCharsets.UTF_8)))
          .singleElement()
          .isInstanceOf(Received.Ignored.class);
    }
  }

  @Test
  void a_hook_event_without_a_token_is_said_to_be_wrong() {
    assertThat(LifecycleMessages.read(
            event("ess:LifecycleHook:ScaleIn", "{\"a\":1}").getBytes(StandardCharsets.UTF_8)))
        .singleElement()
        .isInstanceOf(Received.Malformed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/lifecycleTransition | \"OUT\"",
        "/scalingGroupId | \"\"",
        "/scalingActivityId | \"asa 1\"",
        "/instanceIds | []",
        "/instanceIds | [\"i-1; rm -rf /\"]",
        "/instanceIds | [\"i-1\", \"$(reboot)\"]",
        "/instanceIds | [\"i-1\", {}]",
        "/lifecycleHookId | \"ash'\"",
        "/lifecycleActionToken | \"{{ x }}\"",
      })
  void what_is_no_id_does_not_pass_for_one(String at, String value) throws IOException {
    ObjectNode content = (ObjectNode) JSON.readTree(CONTENT);
    content.set(at.substring(1), JSON.readTree(value));

    List<Received> received =
        LifecycleMessages.read(content.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(received).singleElement().isInstanceOf(Received.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "hello",
        "{\"kind\":\"chatops/v1\"}",
        "{\"Message\":\"x\",\"TopicName\":\"t\"}",
        "[[[[[[[[[[]]]]]]]]]]",
        "{\"specversion\":1}",
      })
  void anything_else_is_not_ours(String text) {
    assertThat(LifecycleMessages.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void wrappings_inside_wrappings_end() {
    String text = MESSAGE;
    for (int i = 0; i < 20; i++) {
      text = topic(text);
    }

    assertThat(LifecycleMessages.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void random_changes_never_throw() {
    Random random = new Random(20261129);
    byte[] good = topic(MESSAGE).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = good.clone();
      for (int j = 0; j < 1 + random.nextInt(4); j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(LifecycleMessages.read(bytes)).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"${instanceIds}\"] | [\"i-bp1aaa\",\"i-bp1bbb\"]",
        "\"${instanceIds}\" | [\"i-bp1aaa\",\"i-bp1bbb\"]",
        "\"ids=${instanceIds}\" | \"ids=[\\\"i-bp1aaa\\\",\\\"i-bp1bbb\\\"]\"",
        "{\"a\":[{\"b\":\"${regionId}\"}]} | {\"a\":[{\"b\":\"cn-beijing\"}]}",
        "\"${lifecycleHookId} ${lifecycleActionToken} ${scalingGroupId}\" | \"ash-bp1example F324B880-900E-4968-85DD-816911130000 asg-bp1example\"",
        "\"${instanceId}\" | \"${instanceId}\"",
        "\"echo ${HOME} $regionId\" | \"echo ${HOME} $regionId\"",
        "600 | 600",
        "true | true",
      })
  void placeholders_are_replaced_as_auto_scaling_replaces_them(String value, String replaced)
      throws IOException {
    JsonNode found = new Placeholders(only(MESSAGE), "cn-beijing").replace(JSON.readTree(value));

    assertThat(found).isEqualTo(JSON.readTree(replaced));
  }
}
