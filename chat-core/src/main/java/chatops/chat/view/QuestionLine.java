package chatops.chat.view;

/**
 * One call of an execution whose outcome is or was unknown.
 *
 * @param query the read that shows what happened, in words
 * @param answer {@code retry}, {@code skip}, {@code stop} or empty while open
 * @param isAnswerable whether the reader may answer it now
 */
public record QuestionLine(
    String id,
    String task,
    String call,
    String query,
    String sentAt,
    String retryAfter,
    String answer,
    String answeredBy,
    boolean isAnswerable) {}
