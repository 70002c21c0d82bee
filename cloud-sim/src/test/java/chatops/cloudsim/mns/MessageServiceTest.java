package chatops.cloudsim.mns;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.fc.FunctionCompute;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.seed.Names;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageServiceTest {
  private record Pushed(Map<String, String> headers, String body, Instant at) {}

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final Timeline timeline = new Timeline(clock);
  private final Names names = new Names(4);
  private final Identities identities = new Identities("1234567890123456", clock, names);
  private final MessageService messages = new MessageService(
      "1234567890123456",
      timeline,
      clock,
      names,
      new FunctionCompute("cn-hangzhou", identities, timeline, names, new CallLog(clock)));
  private final List<Pushed> pushes = new ArrayList<>();
  private int status = 204;

  private void subscribe(Subscription.Format format, Subscription.Strategy strategy) {
    messages.pushBy(
        (url, headers, body) -> {
          Map<String, String> map = new java.util.TreeMap<>();
          headers.forEach(header -> map.put(header.getKey(), header.getValue()));
          pushes.add(new Pushed(map, new String(body, StandardCharsets.UTF_8), clock.instant()));
          return status;
        },
        URI.create("http://127.0.0.1:1/x509_public_certificate.pem"));
    messages
        .topic("t")
        .subscribe(new Subscription(
            "s",
            new Subscription.Endpoint.Web(URI.create("http://127.0.0.1:2/mns")),
            format,
            strategy));
  }

  @Test
  void a_push_is_signed_as_the_documentation_says() throws Exception {
    subscribe(Subscription.Format.XML, Subscription.Strategy.BACKOFF_RETRY);
    messages.publish("t", "{\"a\":\"<&>\"}");
    timeline.advance(clock, Duration.ofSeconds(1));

    Pushed push = pushes.get(0);
    Map<String, String> headers = push.headers();
    String text = "POST\n" + headers.get("Content-MD5") + "\n" + headers.get("Content-Type") + "\n"
        + headers.get("Date") + "\n"
        + "x-mns-request-id:" + headers.get("x-mns-request-id") + "\n"
        + "x-mns-signing-cert-url:" + headers.get("x-mns-signing-cert-url") + "\n"
        + "x-mns-version:2015-06-06\n/mns";
    X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(
            messages.certificate().pem().getBytes(StandardCharsets.US_ASCII)));
    Signature signature = Signature.getInstance("SHA1withRSA");
    signature.initVerify(certificate);
    signature.update(text.getBytes(StandardCharsets.UTF_8));

    assertThat(signature.verify(Base64.getDecoder().decode(headers.get("Authorization"))))
        .isTrue();
    assertThat(push.body())
        .contains("<TopicOwner>1234567890123456</TopicOwner>")
        .contains("{\"a\":\"&lt;&amp;&gt;\"}");
  }

  @Test
  void a_refused_push_comes_three_more_times_and_then_no_more() {
    subscribe(Subscription.Format.JSON, Subscription.Strategy.BACKOFF_RETRY);
    status = 500;
    messages.publish("t", "m");

    timeline.advance(clock, Duration.ofHours(1));

    assertThat(pushes).hasSize(4);
    assertThat(Duration.between(pushes.get(0).at(), pushes.get(1).at()))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
    assertThat(messages.topic("t").attempts()).noneMatch(Topic.Attempt::isTaken);
  }

  @Test
  void the_decaying_strategy_goes_on_for_a_day_and_stops_when_it_is_taken() {
    subscribe(Subscription.Format.JSON, Subscription.Strategy.EXPONENTIAL_DECAY_RETRY);
    status = 503;
    messages.publish("t", "m");
    timeline.advance(clock, Duration.ofMinutes(10));
    assertThat(pushes).hasSize(10);

    status = 204;
    timeline.advance(clock, Duration.ofDays(2));

    assertThat(pushes).hasSize(11);
  }
}
