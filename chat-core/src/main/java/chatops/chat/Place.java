package chatops.chat;

/** Where something was said: {@code channel} is Slack {@code channel_id} or DingTalk {@code conversationId}. */
public record Place(Platform platform, String tenant, String channel) {}
