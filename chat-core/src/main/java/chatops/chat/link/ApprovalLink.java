package chatops.chat.link;

import chatops.chat.handover.ApprovalRef;
import java.time.Instant;

/**
 * What a link in a message stands for. Who holds the link can see the approval, and decide it only where the configuration
 * allows bearer links.
 *
 * @param expiresAt whole seconds
 * @param nonce 22 unguessable characters, so that two links to one approval differ
 */
public record ApprovalLink(ApprovalRef approval, Instant expiresAt, String nonce) {
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
