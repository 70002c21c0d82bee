package chatops.front;

import chatops.chat.fc.FunctionClient;
import chatops.chat.reply.Seal;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Wakes, on a thread of its own, what the first request will need: the providers of signatures and seals, and what a hand-over is sent
 * with. With two processors a person waits that much less; with one it would only come before what they wait for, so it does nothing.
 * What fails here fails again where it is needed, and is told there.
 */
final class Preparation implements Runnable {
  private static final String NO_KEY = "none:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private @Nullable FunctionClient execution;
  private boolean isKnown;

  private Preparation() {}

  static Preparation start() {
    Preparation preparation = new Preparation();
    if (Runtime.getRuntime().availableProcessors() > 1) {
      Thread thread = new Thread(preparation, "front-prepare");
      thread.setDaemon(true);
      thread.start();
    }
    return preparation;
  }

  /** @param execution whom it will hand over to; null when it will not start at all */
  synchronized void with(@Nullable FunctionClient execution) {
    this.execution = execution;
    isKnown = true;
    notifyAll();
  }

  @Override
  public void run() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
      mac.doFinal(new byte[32]);
      new Seal(NO_KEY).sealText("", "");
      FunctionClient known = known();
      if (known != null) {
        known.prepare();
      }
    } catch (GeneralSecurityException | RuntimeException told) {
      // where it is needed
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable FunctionClient known() throws InterruptedException {
    while (!isKnown) {
      wait();
    }
    return execution;
  }
}
