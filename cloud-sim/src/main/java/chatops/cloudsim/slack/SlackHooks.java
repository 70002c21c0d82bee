package chatops.cloudsim.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** What a post to a response URL does (pages "Handling user interaction" and "Modifying messages"). Thread-safe. */
public final class SlackHooks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final SlackChannels channels;
  private final ResponseUrls urls;
  private final String appId;

  SlackHooks(SlackChannels channels, ResponseUrls urls, String appId) {
    this.channels = channels;
    this.urls = urls;
    this.appId = appId;
  }

  /** Takes one post; the result stands in the channel. */
  public void post(String path, String body) throws SlackRefusal {
    ResponseUrls.Target target = urls.target(path);
    JsonNode payload = parse(body);
    // a command's address has no message to replace: replace_original and delete_original do
    // nothing there
    Optional<String> original = target.messageTs();
    if (payload.path("delete_original").asBoolean() && original.isPresent()) {
      channels.delete(target.channel(), original.get());
      urls.used(path);
      return;
    }
    String text = payload.path("text").asText("");
    JsonNode blocks = payload.path("blocks");
    if (text.isEmpty() && (blocks.isMissingNode() || blocks.isEmpty())) {
      throw new SlackRefusal(400, "no_text");
    }
    if (!blocks.isMissingNode() && BlockKit.complaint(blocks).isPresent()) {
      throw new SlackRefusal(400, "invalid_blocks");
    }
    String responseType = payload.path("response_type").asText("ephemeral");
    if (payload.path("replace_original").asBoolean() && original.isPresent()) {
      channels.edit(target.channel(), original.get(), text, blocks);
    } else {
      Optional<String> onlyFor =
          responseType.equals("in_channel") ? Optional.empty() : Optional.of(target.user());
      Optional<String> thread =
          Optional.of(payload.path("thread_ts").asText("")).filter(ts -> !ts.isEmpty());
      channels.post(target.channel(), appId, text, blocks, onlyFor, thread);
    }
    urls.used(path);
  }

  private static JsonNode parse(String body) throws SlackRefusal {
    try {
      JsonNode payload = JSON.readTree(body);
      if (payload.isObject()) {
        return payload;
      }
    } catch (JsonProcessingException notJson) {
      // answered below like JSON of another type
    }
    throw new SlackRefusal(400, "invalid_payload");
  }
}
