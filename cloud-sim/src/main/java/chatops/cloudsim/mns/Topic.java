package chatops.cloudsim.mns;

import java.util.ArrayList;
import java.util.List;

/** One topic: who is subscribed, and what became of its deliveries. Thread-safe. */
public final class Topic {
  /** A delivery that was tried. @param outcome HTTP status, or why there was none */
  public record Attempt(String messageId, String subscription, int number, String outcome) {
    public boolean isTaken() {
      return outcome.startsWith("2");
    }
  }

  private final String name;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();

  Topic(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  public synchronized void subscribe(Subscription subscription) {
    subscriptions.removeIf(each -> each.name().equals(subscription.name()));
    subscriptions.add(subscription);
  }

  public synchronized void unsubscribe(String subscription) {
    subscriptions.removeIf(each -> each.name().equals(subscription));
  }

  synchronized List<Subscription> subscriptions() {
    return List.copyOf(subscriptions);
  }

  synchronized void note(Attempt attempt) {
    attempts.add(attempt);
  }

  /** Everything that was tried, in order. */
  public synchronized List<Attempt> attempts() {
    return List.copyOf(attempts);
  }
}
