package chatops.cloudsim.mns;

import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.fc.FunctionCompute;
import chatops.cloudsim.seed.Names;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The account's topics and queues. Topics push on the timeline, at least once, with the documented retry strategies; a push is taken when it is answered 2xx. Thread-safe.
 */
public final class MessageService {
  private static final int MOST_DECAYS = 176;
  private static final int MOST_BACKOFFS = 3;
  /** More than {@code s.yaml} lets Front serve at once, and few enough to be signed and answered in time. */
  private static final int MOST_PUSHES = 150;

  private final String accountId;
  private final Timeline timeline;
  private final InstantSource wallClock;
  private final Names names;
  private final FunctionCompute functions;
  private final Map<String, Topic> topics = new ConcurrentHashMap<>();
  private final Map<String, List<String>> queues = new ConcurrentHashMap<>();
  private final Lanes pushes = new Lanes(MOST_PUSHES);
  private volatile @Nullable Push push;
  private volatile @Nullable URI certificateUrl;
  private volatile @Nullable PushCertificate certificate;
  private volatile int duplicates;

  /** @param wallClock the clock pushes are dated by, as receivers hold the date against theirs */
  public MessageService(
      String accountId,
      Timeline timeline,
      InstantSource wallClock,
      Names names,
      FunctionCompute functions) {
    this.accountId = accountId;
    this.timeline = timeline;
    this.wallClock = wallClock;
    this.names = names;
    this.functions = functions;
  }

  /** Lets topics push to web addresses; their certificate is then found at {@code url}. */
  public void pushBy(Push carrier, URI url) {
    push = carrier;
    certificateUrl = url;
  }

  /** The certificate pushes are signed with, made when it is first wanted. */
  public synchronized PushCertificate certificate() {
    PushCertificate known = certificate;
    if (known == null) {
      Instant now = wallClock.instant();
      known = PushCertificate.authority("Simulated MNS Authority", now)
          .issue("mns.aliyuncs.com", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(90)));
      certificate = known;
    }
    return known;
  }

  /** The topic of this name, made when it is first named. */
  public Topic topic(String name) {
    return topics.computeIfAbsent(name, Topic::new);
  }

  public boolean hasTopic(String name) {
    return topics.containsKey(name);
  }

  /** What a queue holds, oldest first; the queue is made when it is first named. */
  public List<String> queue(String name) {
    synchronized (queues) {
      return List.copyOf(queues.computeIfAbsent(name, queue -> new ArrayList<>()));
    }
  }

  public boolean hasQueue(String name) {
    return queues.containsKey(name);
  }

  public void send(String queue, String body) {
    synchronized (queues) {
      queues.computeIfAbsent(queue, name -> new ArrayList<>()).add(body);
    }
  }

  /** Delivers the next {@code count} messages twice, as at-least-once delivery may. */
  public void duplicateNext(int count) {
    duplicates = count;
  }

  /** Publishes to all who are subscribed now. @return the message's id */
  public String publish(String topicName, String body) {
    Topic topic = topic(topicName);
    String id = names.requestId().replace("-", "");
    TopicMessage message =
        new TopicMessage(accountId, topicName, id, body, "", timeline.clock().instant());
    int times = duplicates > 0 ? 2 : 1;
    duplicates = Math.max(0, duplicates - 1);
    for (Subscription subscription : topic.subscriptions()) {
      for (int time = 0; time < times; time++) {
        timeline.after(Duration.ZERO, () -> deliver(topic, subscription, message, 1));
      }
    }
    return id;
  }

  private void deliver(Topic topic, Subscription to, TopicMessage message, int number) {
    if (to.endpoint() instanceof Subscription.Endpoint.Web) {
      pushes.run(() -> attempt(topic, to, message, number));
    } else {
      attempt(topic, to, message, number);
    }
  }

  private void attempt(Topic topic, Subscription to, TopicMessage message, int number) {
    String outcome = outcome(to, message);
    Topic.Attempt attempt = new Topic.Attempt(message.messageId(), to.name(), number, outcome);
    topic.note(attempt);
    if (!attempt.isTaken()) {
      pause(to.strategy(), number)
          .ifPresent(wait -> timeline.after(wait, () -> deliver(topic, to, message, number + 1)));
    }
  }

  private Optional<Duration> pause(Subscription.Strategy strategy, int number) {
    return switch (strategy) {
      case BACKOFF_RETRY ->
        number > MOST_BACKOFFS
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(10_000 + (long) (names.fraction() * 10_000)));
      case EXPONENTIAL_DECAY_RETRY ->
        number > MOST_DECAYS
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(1L << Math.min(number - 1, 9)));
    };
  }

  private String outcome(Subscription to, TopicMessage message) {
    byte[] body = message.in(to.format(), to.name());
    try {
      if (to.endpoint() instanceof Subscription.Endpoint.Function function) {
        functions.trigger(function.key(), body);
        return "202";
      }
      URI url = ((Subscription.Endpoint.Web) to.endpoint()).url();
      return String.valueOf(web(to, message, url, body));
    } catch (CloudException refused) {
      return refused.status() + " " + refused.code();
    } catch (IOException unanswered) {
      return "no answer: " + unanswered.getClass().getSimpleName();
    }
  }

  private int web(Subscription to, TopicMessage message, URI url, byte[] body) throws IOException {
    Push carrier = push;
    URI certificateAt = certificateUrl;
    if (carrier == null || certificateAt == null) {
      throw new IOException("topics push to web addresses only where the simulator has HTTP");
    }
    Map<String, String> extra = Map.of("x-mns-request-id", names.requestId().replace("-", ""));
    String type = TopicMessage.type(to.format());
    return carrier.send(
        url,
        PushHeaders.of(certificate(), certificateAt, url, type, body, wallClock.instant(), extra),
        body);
  }

  /** {@code acs:mns:{region}:{account}:topic/{name}} and its older forms, to what they name. */
  public static Optional<String> named(String arn, String kind) {
    int colon = arn.lastIndexOf(':');
    String resource = colon < 0 ? "" : arn.substring(colon + 1);
    return resource.toLowerCase(Locale.ROOT).startsWith(kind + "/")
        ? Optional.of(resource.substring(kind.length() + 1))
        : Optional.empty();
  }
}
