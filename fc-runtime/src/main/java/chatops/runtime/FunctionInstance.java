package chatops.runtime;

import com.aliyun.fc.runtime.FunctionInitializer;
import com.aliyun.fc.runtime.PreStopHandler;
import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.function.Function;

/** The handler and its hooks; whatever it throws ends here, as a line in the log and an answer without detail. */
final class FunctionInstance {
  private final StreamRequestHandler handler;
  private boolean initialized;

  FunctionInstance(StreamRequestHandler handler) {
    this.handler = handler;
  }

  /**
   * Once. A failure is logged and not answered: FC would throw the instance away and show the caller a 200 all the
   * same, while the first invocation can say what is wrong.
   */
  synchronized void initialize(InvocationContext context) {
    if (initialized) {
      return;
    }
    initialized = true;
    if (handler instanceof FunctionInitializer initializer) {
      marked("Initialize", context, () -> initializer.initialize(context));
    }
  }

  void preStop(InvocationContext context) {
    if (handler instanceof PreStopHandler hook) {
      marked("PreStop", context, () -> hook.preStop(context));
    }
  }

  /** @param failure HTTP status of the answer when the handler throws */
  Reply invoke(
      byte[] event, InvocationContext context, Function<byte[], Reply> answer, int failure) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    return marked(
            "Invoke",
            context,
            () -> handler.handleRequest(new ByteArrayInputStream(event), output, context))
        ? checked(answer.apply(output.toByteArray()), context)
        : unhandled(context, failure);
  }

  /** Whether it takes requests of an HTTP trigger as they are. */
  boolean isDirect() {
    return handler instanceof HttpTriggerHandler;
  }

  /** As {@link #invoke}, without an event; only where {@link #isDirect}. */
  Reply answer(HttpTriggerHandler.Request request, InvocationContext context, int failure) {
    HttpTriggerHandler.Answer[] answer = new HttpTriggerHandler.Answer[1];
    return marked(
            "Invoke",
            context,
            () -> answer[0] = ((HttpTriggerHandler) handler).answer(request, context))
        ? checked(HttpAnswer.reply(answer[0]), context)
        : unhandled(context, failure);
  }

  private static Reply unhandled(InvocationContext context, int status) {
    return Reply.failed(
        status,
        "UnhandledInvocationError",
        "the function failed; see the log of request " + context.getRequestId());
  }

  private static Reply checked(Reply reply, InvocationContext context) {
    if (reply.failed()) {
      context
          .getLogger()
          .error("the handler's answer cannot be sent: "
              + new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8));
    }
    return reply;
  }

  private interface Step {
    void run() throws Exception;
  }

  /** FC cuts the log of a request at these two lines. */
  @SuppressWarnings("CatchAndPrintStackTrace")
  private static boolean marked(String what, InvocationContext context, Step step) {
    InvocationLog log = context.log();
    log.line("FC " + what + " Start RequestId: " + context.getRequestId());
    try {
      step.run();
      return true;
    } catch (Throwable thrown) {
      log.failure(thrown);
      return false;
    } finally {
      log.line("FC " + what + " End RequestId: " + context.getRequestId());
    }
  }
}
