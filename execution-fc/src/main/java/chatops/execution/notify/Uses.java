package chatops.execution.notify;

import chatops.chat.reply.ReplyAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * How often this process posted to each reply URL, since a Slack {@code response_url} takes five posts in all: one is kept for
 * the result. Another process's posts are not known; Slack then says so. Holds hashes, not URLs. Thread-safe.
 */
final class Uses {
  private static final int KEPT = 10_000;

  private final Map<String, Integer> uses = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
      return size() > KEPT;
    }
  };

  synchronized int of(ReplyAddress address) {
    return uses.getOrDefault(key(address), 0);
  }

  synchronized void count(ReplyAddress address) {
    uses.merge(key(address), 1, Integer::sum);
  }

  private static String key(ReplyAddress address) {
    return DigestUtils.sha256Hex(address.url());
  }
}
