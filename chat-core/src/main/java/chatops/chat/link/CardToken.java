package chatops.chat.link;

import chatops.chat.handover.ApprovalRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * What a button of a card stands for.
 *
 * @param channel the conversation the card was put in
 * @param expiresAt whole seconds
 */
public record CardToken(ApprovalRef approval, String channel, Instant expiresAt) {
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** @throws IllegalArgumentException when the text is none */
  static CardToken parse(String text) {
    String[] parts = text.split("\\|", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("no card");
    }
    return new CardToken(
        ApprovalRef.parse(parts[0]),
        new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8),
        Instant.ofEpochSecond(Long.parseLong(parts[1])));
  }
}
