package chatops.chat.view;

/**
 * What came of a command that a page's form sent: the answer to a {@code Submit}.
 *
 * @param isDone whether it was done, or had been done by the same form before
 * @param mark the message's mark, as {@code Message.Mark} names it; empty without a message
 * @param executionId what it was about, or what it started
 */
public record SubmittedView(
    boolean isDone, String mark, String title, String text, String executionId) {}
