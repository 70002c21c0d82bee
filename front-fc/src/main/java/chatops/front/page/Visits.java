package chatops.front.page;

import chatops.chat.link.LinkKey;
import chatops.chat.link.Visit;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Who a browser belongs to: a signed cookie that a personal link brought, gone after {@link #LIFE}. No page of another site sees
 * it, can send it, or is sent it. Thread-safe.
 */
final class Visits {
  static final Duration LIFE = Duration.ofHours(8);

  private static final String SECURE_NAME = "__Host-chatops";
  private static final String NAME = "chatops";

  private final LinkKey key;
  private final InstantSource clock;
  private final boolean isSecure;

  /** @param isSecure whether browsers come by https: on one machine they do not */
  Visits(LinkKey key, InstantSource clock, boolean isSecure) {
    this.key = key;
    this.clock = clock;
    this.isSecure = isSecure;
  }

  /** Null when the browser brings no visit, or one that is over. */
  @Nullable
  Visit of(HttpRequest request) {
    Visit visit = key.readVisit(cookie(request)).orElse(null);
    return visit == null || visit.isExpired(clock.instant()) ? null : visit;
  }

  /** Whether a browser may have a visit that it did not bring, because somebody else's page led here. */
  boolean isLedHere(HttpRequest request) {
    return request.method().equals("GET")
        && request.header("Sec-Fetch-Site").equals("cross-site")
        && request.header("Sec-Fetch-Mode").equals("navigate")
        && cookie(request).isEmpty();
  }

  /** A visit of the same person that begins now. */
  Visit begun(Visit link, String nonce) {
    return new Visit(link.principal(), link.place(), clock.instant().plus(LIFE), nonce);
  }

  HttpReply with(HttpReply reply, Visit visit) {
    return reply.with("Set-Cookie", cookie(key.visit(visit), LIFE.toSeconds()));
  }

  HttpReply without(HttpReply reply) {
    return reply.with("Set-Cookie", cookie("", 0));
  }

  private String cookie(String value, long seconds) {
    return name() + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
        + (isSecure ? "; Secure" : "");
  }

  private String cookie(HttpRequest request) {
    for (String pair : request.header("Cookie").split(";", -1)) {
      String each = pair.strip();
      if (each.startsWith(name() + "=")) {
        return each.substring(name().length() + 1);
      }
    }
    return "";
  }

  /** With the prefix browsers take it from our own host only, over https only. */
  private String name() {
    return isSecure ? SECURE_NAME : NAME;
  }
}
