package chatops.chat.rights;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The configuration as it stands, looked for again at most every {@link #INTERVAL}: a change of rights needs no new deployment. What
 * cannot be read, or is no configuration, changes nothing: the last good one stays, and {@link View#trouble} says why. Thread-safe.
 */
public final class LiveRights {
  /** How old a view gets before it is looked at again. */
  public static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final Duration SOMETIMES = Duration.ofSeconds(2);
  private static final int REMEMBERED = 20;
  private static final Duration HEAD_START = Duration.ofMillis(300);

  /** Takes one line when something changes, or cannot. */
  public interface Log {
    void line(String line);
  }

  /**
   * One configuration, with what follows from it.
   *
   * @param since when it was taken over
   * @param confirmedAt when its source last said that it still stands
   * @param trouble why a newer one was not taken over; empty when there is none
   */
  public record View(
      Configuration configuration,
      Rights rights,
      String hash,
      Instant since,
      Instant confirmedAt,
      String trouble) {
    static View of(Configuration configuration, Instant now, Instant confirmedAt) {
      return new View(
          configuration, new Rights(configuration), configuration.hash(), now, confirmedAt, "");
    }

    /** The first characters of the hash, by which people compare two views. */
    public String mark() {
      return hash.substring(0, 8);
    }

    private View confirmed(Instant at) {
      return new View(configuration, rights, hash, since, at, "");
    }

    private View troubled(String why) {
      return new View(configuration, rights, hash, since, confirmedAt, why);
    }
  }

  private final RightsSource source;
  private final InstantSource clock;
  private final Log log;
  private final AtomicBoolean isSent = new AtomicBoolean();
  /** Hashes of views that were left behind, so that who still reads one makes nobody look. */
  private final List<String> past = new CopyOnWriteArrayList<>();

  private volatile View view;
  private volatile Instant lookedAt;

  /**
   * @param first what holds until the source says otherwise
   * @param isConfirmed whether it comes from the source itself
   */
  public LiveRights(
      Configuration first, boolean isConfirmed, RightsSource source, InstantSource clock, Log log) {
    Instant now = clock.instant();
    this.source = source;
    this.clock = clock;
    this.log = log;
    this.view = View.of(first, now, isConfirmed ? now : Instant.EPOCH);
    this.lookedAt = isConfirmed ? now : Instant.EPOCH;
  }

  /** A configuration that never changes. */
  public static LiveRights fixed(Configuration configuration, InstantSource clock) {
    return new LiveRights(
        configuration,
        true,
        new RightsSource() {
          @Override
          public Configuration newer() {
            return configuration;
          }
        },
        clock,
        new Log() {
          @Override
          public void line(String line) {
            // nothing changes, so nothing is told
          }
        });
  }

  /** What holds, at once; when it was not looked at for long, somebody is sent to look while the caller goes on. */
  public View current() {
    if (isOlder(INTERVAL) && isSent.compareAndSet(false, true)) {
      Thread look = new Thread(
          new Runnable() {
            @Override
            public void run() {
              // whoever came first is answered first
              LockSupport.parkNanos(HEAD_START.toNanos());
              isSent.set(false);
              look(INTERVAL);
            }
          },
          "rights");
      look.setDaemon(true);
      look.start();
    }
    return view;
  }

  /** What holds, after a look when the last one was long ago. */
  public View fresh() {
    return looked(INTERVAL);
  }

  /** What holds, after a look: for what cannot be taken back. */
  public View now() {
    return looked(Duration.ZERO);
  }

  /**
   * What holds, after a look unless it is known already what another reads: for whoever was told which rights that is.
   *
   * @param othersHash hash of the configuration another decided with
   */
  public View newerThan(String othersHash) {
    if (othersHash.equals(view.hash())) {
      return view;
    }
    // one that was left behind may have come back, but rarely
    return looked(past.contains(othersHash) ? SOMETIMES : Duration.ZERO);
  }

  /** Whether the source said not long ago that a view stands. A denial by one that it did not is no last word. */
  public boolean isConfirmed(View given) {
    return Duration.between(given.confirmedAt(), clock.instant()).compareTo(INTERVAL) < 0;
  }

  private View looked(Duration age) {
    if (isOlder(age)) {
      look(age);
    }
    return view;
  }

  private boolean isOlder(Duration age) {
    return Duration.between(lookedAt, clock.instant()).compareTo(age) >= 0;
  }

  private synchronized void look(Duration age) {
    if (!isOlder(age)) {
      // whoever was here before has just looked
      return;
    }
    try {
      Configuration newer = source.newer();
      Instant now = clock.instant();
      View before = view;
      View next = newer == null ? before : View.of(newer, now, now);
      view = next.hash().equals(before.hash()) ? before.confirmed(now) : next;
      if (!next.hash().equals(before.hash())) {
        past.remove(next.hash());
        past.add(before.hash());
        if (past.size() > REMEMBERED) {
          past.remove(0);
        }
        log.line("rights changed from=" + before.mark() + " to=" + next.mark());
      } else if (!before.trouble().isEmpty()) {
        log.line("rights read again mark=" + before.mark());
      }
    } catch (IOException | RuntimeException e) {
      String why = source + ": "
          + (e instanceof IOException && e.getMessage() == null
              ? e.getClass().getSimpleName()
              : String.valueOf(e.getMessage()));
      if (!why.equals(view.trouble())) {
        log.line("rights kept mark=" + view.mark() + " because=" + why.replace("\n", "; "));
      }
      view = view.troubled(why);
    } finally {
      lookedAt = clock.instant();
    }
  }
}
