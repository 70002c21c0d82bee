package chatops.front;

import chatops.chat.fc.FunctionClient;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.Seal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An Execution that remembers what it was handed and answers as it was told to; ACCEPTED when told nothing. */
public class ScriptedExecution implements FunctionClient {
  private static final Seal SEAL = new Seal(FrontBench.SEAL_KEYS);

  /** As they would lie in the queue. */
  public final List<String> raw = new ArrayList<>();

  public final List<HandOver> messages = new ArrayList<>();
  public final List<String> taskIds = new ArrayList<>();
  public final List<HandOver> questions = new ArrayList<>();
  public final Deque<Receipt> receipts = new ArrayDeque<>();
  public byte @Nullable [] answer;
  public String functionError = "";

  @Override
  public Submission submit(byte[] message, String taskId, Duration delay, Duration timeout) {
    raw.add(new String(message, java.nio.charset.StandardCharsets.UTF_8));
    messages.add(HandOverJson.decode(message, SEAL));
    taskIds.add(taskId);
    Receipt receipt = receipts.isEmpty() ? Receipt.ACCEPTED : receipts.remove();
    return new Submission(receipt, "req-" + messages.size(), "scripted");
  }

  @Override
  public Answer invoke(byte[] message, Duration timeout) throws IOException {
    questions.add(HandOverJson.decode(message, SEAL));
    if (answer == null) {
      throw new IOException("no answer within " + timeout);
    }
    return new Answer(200, functionError, answer);
  }
}
