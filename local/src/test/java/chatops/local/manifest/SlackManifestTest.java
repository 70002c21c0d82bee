package chatops.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import chatops.chat.command.Verbs;
import chatops.local.text.Texts;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slack's own rules for manifests (docs.slack.dev, "App manifest reference"). */
class SlackManifestTest {
  private static final URI FRONT = URI.create("https://chatops.example.com");

  @ParameterizedTest
  @EnumSource(Language.class)
  void every_language_keeps_slacks_rules(Language language) {
    JsonNode json = new SlackManifest(FRONT, "ChatOps", Texts.in(language)).json();

    assertThat(text(json, "/display_information/name")).hasSizeBetween(1, 35);
    assertThat(text(json, "/display_information/description")).hasSizeBetween(1, 140);
    assertThat(text(json, "/features/bot_user/display_name"))
        .hasSizeBetween(1, 80)
        .matches("[\\w.-]+|ChatOps");
    JsonNode commands = json.at("/features/slash_commands");
    assertThat(commands.size()).isBetween(1, 50);
    List<String> names = new ArrayList<>();
    for (JsonNode command : commands) {
      names.add(command.path("command").asText());
      assertThat(command.path("command").asText()).matches("/[a-z0-9_-]{1,31}");
      assertThat(command.path("description").asText()).hasSizeBetween(1, 2000);
      assertThat(command.path("usage_hint").asText()).hasSizeBetween(1, 1000);
      assertThat(command.path("url").asText()).isEqualTo(FRONT + "/slack/command");
    }
    assertThat(names)
        .doesNotHaveDuplicates()
        .containsExactlyElementsOf(
            Verbs.FAMILIES.stream().map(family -> "/" + family.name()).toList());
    JsonNode shortcuts = json.at("/features/shortcuts");
    assertThat(shortcuts.size()).isBetween(1, 10);
    for (JsonNode shortcut : shortcuts) {
      assertThat(shortcut.path("name").asText()).hasSizeBetween(1, 24);
      assertThat(shortcut.path("type").asText()).isIn("global", "message");
      assertThat(shortcut.path("callback_id").asText()).hasSizeBetween(1, 255);
      assertThat(shortcut.path("description").asText()).hasSizeBetween(1, 150);
    }
    assertThat(text(json, "/settings/interactivity/request_url"))
        .isEqualTo(FRONT + "/slack/interactive");
    assertThat(json.at("/settings/socket_mode_enabled").asBoolean(true)).isFalse();
    assertThat(json.at("/oauth_config/scopes/bot").toString())
        .contains("\"commands\"", "\"chat:write\"");
  }

  @Test
  void the_link_carries_the_whole_manifest() throws IOException {
    SlackManifest manifest = new SlackManifest(FRONT, "Ops & more", Texts.in(Language.JA));

    String link = manifest.link();

    assertThat(link).startsWith("https://api.slack.com/apps?new_app=1&manifest_json=%7B");
    String carried = link.substring(link.indexOf("manifest_json=") + "manifest_json=".length());
    assertThat(carried).doesNotContain("+", "&", "#");
    assertThat(JsonMapper.builder()
            .build()
            .readTree(URLDecoder.decode(carried, StandardCharsets.UTF_8)))
        .isEqualTo(manifest.json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://chatops.example.com",
        "https://chatops.example.com/front",
        "https://chatops.example.com/?a=b",
        "chatops.example.com",
        "https:///x"
      })
  void an_address_that_slack_would_not_take_is_refused(String url) {
    assertThatThrownBy(() -> new SlackManifest(URI.create(url), "ChatOps", Texts.in(Language.EN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected https://<host>");
  }

  private static String text(JsonNode json, String pointer) {
    return json.at(pointer).asText();
  }
}
