package chatops.front.push;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.cloudsim.mns.PushCertificate;
import chatops.cloudsim.mns.PushHeaders;
import chatops.front.FrontBench;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every push here is signed with a certificate that was made for this test. */
class PushDoorTest {
  private static final String ACCOUNT = "1234567890123456";
  private static final String HOOK = "{\"content\":{\"lifecycleHookId\":\"ash-1\"}}";
  private static final long SEED = 20261129;
  private static final int LONG_COUNT = 20_000;
  private static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);
  private static final PushCertificate AUTHORITY = PushCertificate.authority("Authority", NOW);
  private static final PushCertificate CERTIFICATE = issued(-1, 90);
  private static final PushCertificate STRANGER =
      PushCertificate.authority("Stranger", NOW).issue("mns", NOW, NOW.plus(Duration.ofDays(9)));

  @TempDir
  Path folder = Path.of("");

  private HttpServer bucket = server();
  private final List<String> fetched = new ArrayList<>();
  private byte[] served = CERTIFICATE.pem().getBytes(StandardCharsets.US_ASCII);
  private int status = 200;

  private static PushCertificate issued(long fromDays, long untilDays) {
    return AUTHORITY.issue(
        "mns.aliyuncs.com",
        NOW.plus(Duration.ofDays(fromDays)),
        NOW.plus(Duration.ofDays(untilDays)));
  }

  @BeforeEach
  void serve() {
    bucket.createContext("/", exchange -> {
      fetched.add(exchange.getRequestURI().toString());
      exchange.sendResponseHeaders(status, status == 200 ? served.length : -1);
      if (status == 200) {
        exchange.getResponseBody().write(served);
      }
      exchange.close();
    });
    bucket.start();
  }

  @AfterEach
  void stop() {
    bucket.stop(0);
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private FrontBench front() {
    return front(Map.of());
  }

  private FrontBench front(Map<String, String> more) {
    String rights = FrontBench.RIGHTS
        .replace("\"account\":\"1\"", "\"account\":\"" + ACCOUNT + "\"")
        .replace("\"outbound\":", "\"scaling\":{\"topics\":[\"ess-hooks\"]},\"outbound\":");
    Map<String, String> environment = new HashMap<>(more);
    environment.putIfAbsent("CHATOPS_OUTBOUND_LOOPBACK", "true");
    return new FrontBench(folder, rights, environment);
  }

  private URI certificateUrl() {
    return URI.create("http://127.0.0.1:" + bucket.getAddress().getPort() + "/x509.pem");
  }

  private static byte[] json(String owner, String topic, String id) {
    return ("{\"TopicOwner\":\"" + owner + "\",\"TopicName\":\"" + topic + "\",\"Subscriber\":\""
            + owner
            + "\",\"SubscriptionName\":\"s\",\"MessageId\":\"" + id
            + "\",\"MessageMD5\":\"652B\",\"PublishTime\":1767225600000,\"Message\":\""
            + HOOK.replace("\"", "\\\"") + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] xml(String owner, String topic, String id) {
    return ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Notification xmlns=\"http://mns.aliyuncs.com/doc/v1/\">"
            + "<TopicOwner>" + owner + "</TopicOwner><TopicName>" + topic
            + "</TopicName><MessageId>" + id + "</MessageId><Message>" + HOOK
            + "</Message></Notification>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, String> signed(byte[] body) {
    return signed(CERTIFICATE, certificateUrl(), "/mns", body, NOW);
  }

  private static Map<String, String> signed(
      PushCertificate by, URI certificateAt, String path, byte[] body, Instant at) {
    Map<String, String> headers = new TreeMap<>();
    PushHeaders.of(
            by,
            certificateAt,
            URI.create("https://front.example" + path),
            "text/xml;charset=utf-8",
            body,
            at,
            Map.of("x-mns-request-id", "5F1E"))
        .forEach(header -> headers.put(header.getKey(), header.getValue()));
    return headers;
  }

  private static int push(FrontBench front, Map<String, String> headers, byte[] body) {
    return front.send("POST", "/mns", headers, body, false).status();
  }

  private static HandOver.Notification only(FrontBench front) {
    assertThat(front.execution.messages).hasSize(1);
    return (HandOver.Notification) front.execution.messages.get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xml", "json"})
  void an_authentic_push_is_handed_over_and_acknowledged(String format) {
    FrontBench front = front();
    byte[] body =
        format.equals("xml") ? xml(ACCOUNT, "ess-hooks", "34A") : json(ACCOUNT, "ess-hooks", "34A");

    assertThat(push(front, signed(body), body)).isEqualTo(204);

    HandOver.Notification message = only(front);
    assertThat(message.message()).isEqualTo(HOOK);
    assertThat(message.owner()).isEqualTo(ACCOUNT);
    assertThat(message.topic()).isEqualTo("ess-hooks");
    assertThat(message.messageId()).isEqualTo("34A");
  }

  @Test
  void the_usual_path_and_a_body_in_base64_are_taken_too() {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");

    int status = front
        .send(
            "POST",
            "/notifications",
            signed(CERTIFICATE, certificateUrl(), "/notifications", body, NOW),
            body,
            true)
        .status();

    assertThat(status).isEqualTo(204);
  }

  @Test
  void a_repetition_by_mns_has_the_same_task_id() {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    front.execution.receipts.add(Receipt.ACCEPTED);
    front.execution.receipts.add(Receipt.DUPLICATE);

    assertThat(push(front, signed(body), body)).isEqualTo(204);
    Map<String, String> again =
        signed(CERTIFICATE, certificateUrl(), "/mns", body, NOW.plusSeconds(10));
    assertThat(push(front, again, body)).isEqualTo(204);

    assertThat(front.execution.taskIds).hasSize(2).containsOnly(front.execution.taskIds.get(0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Receipt.class,
      names = {"UNKNOWN", "THROTTLED", "REJECTED"})
  void a_hand_over_that_did_not_certainly_arrive_makes_mns_send_again(Receipt receipt) {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    front.execution.receipts.add(receipt);
    front.execution.receipts.add(receipt);

    assertThat(push(front, signed(body), body)).isEqualTo(503);
    front.execution.receipts.clear();
    // what was not taken is no replay
    assertThat(push(front, signed(body), body)).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, AAAA",
    "Authorization, '!'",
    "Authorization, ''",
    "x-mns-signing-cert-url, ''",
    "x-mns-request-id, other",
    "x-mns-extra, more",
    "Content-Type, application/json",
    "Content-MD5, ''",
    "Content-MD5, AAAAAAAAAAAAAAAAAAAAAA==",
    "Date, 'Thu, 09 Oct 2025 08:53:21 GMT'",
    "Date, yesterday",
  })
  void a_changed_header_is_refused(String header, String value) {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    Map<String, String> headers = signed(body);
    headers.put(header, value);

    assertThat(push(front, headers, body)).isEqualTo(401);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void a_changed_body_path_or_query_is_refused() {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    byte[] other = xml(ACCOUNT, "ess-hooks", "34B");

    assertThat(push(front, signed(body), other)).isEqualTo(401);
    assertThat(front.send("POST", "/notifications", signed(body), body, false).status())
        .isEqualTo(401);
    assertThat(front.send("POST", "/mns?a=b", signed(body), body, false).status())
        .isEqualTo(401);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void a_signature_by_another_key_is_refused() {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");

    assertThat(push(front, signed(STRANGER, certificateUrl(), "/mns", body, NOW), body))
        .isEqualTo(401);
    assertThat(front.log).anyMatch(line -> line.contains("signature does not match"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/x509.pem",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com.evil.example/x509.pem",
        "https://evil.example/mnstest.oss-cn-hangzhou.aliyuncs.com/x509.pem",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com@evil.example/x509.pem",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com:8443/x509.pem",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com:80/x509.pem",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com./x509.pem",
        "https://evil.example#mnstest.oss-cn-hangzhou.aliyuncs.com/x509.pem",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com/x509.pem?a=b",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com/x509.pem#a",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com/x509.txt",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com/%2e%2e/x509.pem",
        "https://mnstest.oss-cn-hangzhou.aliyuncs.com/../x509.pem",
        "https://127.0.0.1/x509.pem",
        "http://100.100.100.200/x509.pem",
        "http://169.254.169.254/x509.pem",
        "http://localhost/x509.pem",
        "http://[::1]/x509.pem",
        "file:///etc/x509.pem",
        "ftp://mnstest.oss-cn-hangzhou.aliyuncs.com/x509.pem",
        "jar:https://mnstest.oss-cn-hangzhou.aliyuncs.com/a.jar!/x509.pem",
        "//mnstest.oss-cn-hangzhou.aliyuncs.com/x509.pem",
        "x509.pem",
        "not a url",
      })
  void a_certificate_from_anywhere_else_is_not_even_fetched(String url) {
    FrontBench front = front(Map.of("CHATOPS_OUTBOUND_LOOPBACK", "false"));
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    Map<String, String> headers = signed(body);
    headers.put(
        "x-mns-signing-cert-url",
        Base64.getEncoder().encodeToString(url.getBytes(StandardCharsets.UTF_8)));

    assertThat(push(front, headers, body)).isEqualTo(401);
    assertThat(front.log).anyMatch(line -> line.contains("certificate's URL"));
    assertThat(fetched).isEmpty();
  }

  @Test
  void this_machine_serves_certificates_to_the_one_machine_host_only() {
    FrontBench front = front(Map.of("CHATOPS_OUTBOUND_LOOPBACK", "false"));
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");

    assertThat(push(front, signed(body), body)).isEqualTo(401);
    assertThat(fetched).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-10,-1", "1,10"})
  void a_certificate_that_is_not_valid_now_is_refused(long from, long until) {
    PushCertificate certificate = issued(from, until);
    served = certificate.pem().getBytes(StandardCharsets.US_ASCII);
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");

    assertThat(push(front, signed(certificate, certificateUrl(), "/mns", body, NOW), body))
        .isEqualTo(401);
    assertThat(front.log).anyMatch(line -> line.contains("certificate does not hold"));
  }

  @Test
  void each_certificate_of_the_file_must_vouch_for_the_one_before() {
    String own = CERTIFICATE.pem();
    String leaf = own.substring(0, own.indexOf("-----BEGIN", 10));
    served = (leaf + STRANGER.pem()).getBytes(StandardCharsets.US_ASCII);
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");

    assertThat(push(front, signed(body), body)).isEqualTo(401);
  }

  @Test
  void configured_authorities_must_vouch_for_it() throws IOException {
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    Path file = folder.resolve("authorities.pem");
    Files.writeString(file, AUTHORITY.pem());
    Map<String, String> environment =
        Map.of("CHATOPS_MNS_CERTIFICATE_AUTHORITIES", file.toString());

    assertThat(push(front(environment), signed(body), body)).isEqualTo(204);

    served = STRANGER.pem().getBytes(StandardCharsets.US_ASCII);
    assertThat(
            push(front(environment), signed(STRANGER, certificateUrl(), "/mns", body, NOW), body))
        .isEqualTo(401);
  }

  @Test
  void what_is_no_certificate_is_refused_and_what_cannot_be_had_is_asked_for_again() {
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    served = "<html>".getBytes(StandardCharsets.US_ASCII);
    assertThat(push(front(), signed(body), body)).isEqualTo(401);
    served = new byte[65 * 1024];
    assertThat(push(front(), signed(body), body)).isEqualTo(503);
    status = 404;
    assertThat(push(front(), signed(body), body)).isEqualTo(503);
    status = 302;
    assertThat(push(front(), signed(body), body)).isEqualTo(503);
  }

  @Test
  void a_certificate_is_kept_for_a_day_and_watched_for_its_end() {
    FrontBench front = front();
    for (int i = 0; i < 3; i++) {
      byte[] body = xml(ACCOUNT, "ess-hooks", "A" + i);
      assertThat(push(front, signed(body), body)).isEqualTo(204);
    }
    assertThat(fetched).hasSize(1);

    front.clock.advance(Duration.ofHours(25));
    byte[] body = xml(ACCOUNT, "ess-hooks", "B");
    Instant later = NOW.plus(Duration.ofHours(25));
    assertThat(push(front, signed(CERTIFICATE, certificateUrl(), "/mns", body, later), body))
        .isEqualTo(204);
    assertThat(fetched).hasSize(2);
  }

  @Test
  void a_stranger_cannot_have_certificates_fetched_without_end() {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    for (int i = 0; i < 30; i++) {
      URI url = URI.create("http://127.0.0.1:" + bucket.getAddress().getPort() + "/" + i + ".pem");
      push(front, signed(STRANGER, url, "/mns", body, NOW), body);
    }

    assertThat(fetched).hasSize(10);
  }

  @Test
  void a_replayed_push_is_refused_at_once_and_after_its_time() {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    Map<String, String> headers = signed(body);
    assertThat(push(front, headers, body)).isEqualTo(204);

    assertThat(push(front, headers, body)).isEqualTo(401);
    front.clock.advance(Duration.ofMinutes(16));
    assertThat(push(front, headers, body)).isEqualTo(401);

    assertThat(front.execution.messages).hasSize(1);
  }

  /** The last letter of a signature has four bits that no byte of it needs. */
  @Test
  void a_replay_whose_signature_is_spelt_otherwise_is_a_replay() {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");
    Map<String, String> headers = signed(body);
    assertThat(push(front, headers, body)).isEqualTo(204);
    String signature = headers.getOrDefault("Authorization", "");
    int last = signature.indexOf('=') - 1;

    for (char other : "BCDEFGHIJKLMNOP".toCharArray()) {
      char letter = (char) (signature.charAt(last) + other - 'A');
      headers.put(
          "Authorization", signature.substring(0, last) + letter + signature.substring(last + 1));
      assertThat(push(front, headers, body)).isEqualTo(401);
    }

    assertThat(front.execution.messages).hasSize(1);
  }

  @Test
  void pushes_changed_at_random_are_refused() {
    mutate(SEED, 200);
  }

  @Test
  @Tag("long")
  void many_pushes_changed_at_random_are_refused() {
    mutate(SEED + 1, LONG_COUNT);
    System.out.println("long-job: PushDoorTest seed=" + (SEED + 1) + " count=" + LONG_COUNT
        + " refused=" + LONG_COUNT);
  }

  /** Signed pushes with one thing changed afterwards, signed by a stranger, of a foreign topic or account, or sent again. */
  private void mutate(long seed, int count) {
    FrontBench front = front();
    Random random = new Random(seed);
    byte[] taken = xml(ACCOUNT, "ess-hooks", "taken");
    Map<String, String> known = signed(taken);
    assertThat(push(front, known, taken)).isEqualTo(204);
    for (int i = 0; i < count; i++) {
      byte[] body = random.nextBoolean()
          ? xml(ACCOUNT, "ess-hooks", "M" + i)
          : json(ACCOUNT, "ess-hooks", "M" + i);
      Map<String, String> headers = signed(body);
      String path = "/mns";
      String what;
      switch (random.nextInt(8)) {
        case 0 -> {
          what = "body";
          body[random.nextInt(body.length)] ^= (byte) (1 + random.nextInt(255));
        }
        case 1 -> {
          List<String> names = List.copyOf(headers.keySet());
          String name = names.get(random.nextInt(names.size()));
          what = name;
          headers.put(name, changed(headers.getOrDefault(name, ""), random));
        }
        case 2 -> {
          what = "header left out";
          List<String> names = List.copyOf(headers.keySet());
          headers.remove(names.get(random.nextInt(names.size())));
        }
        case 3 -> {
          what = "stranger";
          headers = signed(STRANGER, certificateUrl(), path, body, NOW);
        }
        case 4 -> {
          what = "account";
          body = xml(String.valueOf(random.nextLong(1, Long.MAX_VALUE)), "ess-hooks", "M" + i);
          headers = signed(body);
        }
        case 5 -> {
          what = "topic";
          body = json(ACCOUNT, "t" + random.nextInt(), "M" + i);
          headers = signed(body);
        }
        case 6 -> {
          what = "date";
          long seconds = 901 + random.nextInt(1_000_000);
          headers = signed(
              CERTIFICATE,
              certificateUrl(),
              path,
              body,
              NOW.plusSeconds(random.nextBoolean() ? seconds : -seconds));
        }
        default -> {
          what = "replay";
          body = taken;
          headers = known;
        }
      }

      int answer = push(front, headers, body);

      // a certificate that cannot be had now is asked for again; that is no way in either
      List<Integer> refusals =
          what.equals("x-mns-signing-cert-url") ? List.of(401, 503) : List.of(401, 403);
      assertThat(answer).as(seed + "/" + i + " " + what).isIn(refusals);
      assertThat(front.execution.messages).as(seed + "/" + i + " " + what).hasSize(1);
    }
  }

  /** Another text, not another spelling of the same: what only differs in blanks around it is the same header. */
  private static String changed(String value, Random random) {
    int at = random.nextInt(value.length());
    char letter = (char) ('a' + random.nextInt(26));
    String other = value.substring(0, at)
        + (letter == value.charAt(at) ? '_' : letter)
        + value.substring(at + 1);
    try {
      // two spellings of one signature or digest are no change
      boolean isSame = java.util.Arrays.equals(
          Base64.getDecoder().decode(value), Base64.getDecoder().decode(other));
      return isSame ? value + "A" : other;
    } catch (IllegalArgumentException noBase64) {
      return other;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "9999999999999999, ess-hooks",
    ACCOUNT + ", others",
    ACCOUNT + ", ESS-HOOKS",
  })
  void an_authentic_push_of_somebody_elses_topic_is_refused(String owner, String topic) {
    FrontBench front = front();
    byte[] body = xml(owner, topic, "34A");

    assertThat(push(front, signed(body), body)).isEqualTo(403);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void the_bare_message_does_not_say_whose_it_is_and_is_refused() {
    FrontBench front = front();
    byte[] body = HOOK.getBytes(StandardCharsets.UTF_8);

    assertThat(push(front, signed(body), body)).isEqualTo(401);
  }

  @Test
  void a_document_type_is_not_read() {
    FrontBench front = front();
    byte[] body =
        ("<!DOCTYPE n [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Notification><TopicOwner>"
                + ACCOUNT
                + "</TopicOwner><TopicName>ess-hooks</TopicName><MessageId>1</MessageId><Message>&e;</Message></Notification>")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(push(front, signed(body), body)).isEqualTo(401);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void without_topics_there_is_no_such_door() {
    byte[] body = xml(ACCOUNT, "ess-hooks", "34A");

    assertThat(new FrontBench(folder)
            .send("POST", "/mns", signed(body), body, false)
            .status())
        .isEqualTo(404);
    assertThat(front().send("GET", "/mns", Map.of(), new byte[0], false).status())
        .isEqualTo(405);
  }

  @Test
  void a_message_id_of_another_kind_stays_out_of_the_log() {
    FrontBench front = front();
    byte[] body = xml(ACCOUNT, "ess-hooks", "a b outcome=ACCEPTED");

    assertThat(push(front, signed(body), body)).isEqualTo(204);
    assertThat(front.log).noneMatch(line -> line.contains("a b outcome"));
  }
}
