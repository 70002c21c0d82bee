package chatops.execution;

import chatops.chat.handover.HandOver;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.view.SubmittedView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Commands that come from a page's form: done as if they had been said in the chat, answered to the page. */
final class Submitting {
  /** Marks of messages that say that it was done. */
  private static final Set<Mark> DONE =
      Set.of(Mark.ACCEPTED, Mark.SUCCESS, Mark.CANCELLED, Mark.WAITING, Mark.RUNNING);

  /** Runs the command with where its answers go. */
  private final BiConsumer<HandOver.Run, Answers.To> commands;

  Submitting(BiConsumer<HandOver.Run, Answers.To> commands) {
    this.commands = commands;
  }

  SubmittedView submit(HandOver.Run run) {
    List<Message> caught = new ArrayList<>();
    commands.accept(run, Answers.To.catching(run, caught));
    if (caught.isEmpty()) {
      // what starts is told of by its own notices, and what was done before by the same form not
      // again
      return new SubmittedView(true, "", "", "", about(run));
    }
    Message message = caught.get(0);
    return new SubmittedView(
        DONE.contains(message.mark()),
        message.mark().name(),
        message.title(),
        message.text(),
        about(run));
  }

  private static String about(HandOver.Run run) {
    return run.command().name().equals("oos run") || run.command().arguments().isEmpty()
        ? run.executionId()
        : run.command().arguments().get(0);
  }
}
