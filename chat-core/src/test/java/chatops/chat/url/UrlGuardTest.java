package chatops.chat.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlGuardTest {
  private static final List<String> HOSTS = List.of("hooks.slack.com", "*.example.com");

  private final UrlGuard guard = new UrlGuard(HOSTS, false, host -> addresses("93.184.216.34"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.slack.com/commands/T1/2/abc",
        "https://HOOKS.slack.com:443/x?y=z#f",
        "HTTPS://a.example.com",
        "https://a.b.example.com/"
      })
  void a_listed_host_on_the_public_internet_passes(String url) throws IOException {
    assertThat(guard.check(url).uri().toString()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "//hooks.slack.com/x",
        "http://hooks.slack.com/x",
        "ftp://hooks.slack.com/",
        "file:///etc/passwd",
        "jar:https://hooks.slack.com/!/",
        "https:hooks.slack.com",
        "https:///x",
        "https://hooks.slack.com:8443/",
        "https://hooks.slack.com:80/",
        "https://hooks.slack.com:/x",
        "https://user@hooks.slack.com/",
        "https://user:pw@hooks.slack.com/",
        "https://hooks.slack.com@evil.com/",
        "https://@hooks.slack.com/",
        "https://hooks.slack.com\\@evil.com/",
        "https://evil.com\\.hooks.slack.com/",
        "https://hooks.slack.com%2eevil.com/",
        "https://hooks.slack.com.evil.com/",
        "https://evilhooks.slack.com/",
        "https://example.com/",
        "https://aexample.com/",
        "https://.example.com/",
        "https://hooks.slack.com./",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://0/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::]/",
        "https://[fe80::1%25eth0]/",
        "https://localhost/",
        "https://100.100.100.200/",
        "https://169.254.169.254/",
        "https://hооks.slack.com/",
        "https://hooks.slack.com/ x",
        "https://hooks.slack.com/\n",
        "https://hooks。slack。com/",
        "https://hooks.slack.com\t/",
        "javascript:alert(1)",
        "https://1.example.com.1/"
      })
  void every_other_form_is_refused_without_a_look_up(String url) {
    assertThatThrownBy(() -> guard.checkForm(url)).isInstanceOf(UrlRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "100.64.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "64:ff9b::7f00:1",
        "2001:db8::1",
        "2001::1",
        "100::1"
      })
  void a_listed_host_with_an_inner_address_is_refused(String address) {
    UrlGuard inner = new UrlGuard(HOSTS, false, host -> addresses("93.184.216.34", address));

    assertThatThrownBy(() -> inner.check("https://a.example.com/"))
        .isInstanceOf(UrlRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "93.184.216.34",
        "100.63.1.1",
        "100.128.1.1",
        "172.15.0.1",
        "172.32.0.1",
        "2606:2800:220:1::1",
        "2002:5db8:d822::"
      })
  void a_public_address_is_public(String address) {
    assertThat(PublicAddress.isPublic(addresses(address)[0])).isTrue();
  }

  @Test
  void a_host_that_is_not_found_may_pass_later() {
    UrlGuard lost = new UrlGuard(HOSTS, false, host -> {
      throw new UnknownHostException(host);
    });
    assertThatThrownBy(() -> lost.check("https://a.example.com/")).isInstanceOf(IOException.class);
  }

  @Test
  void this_machine_passes_only_where_the_flag_says_so() throws IOException {
    UrlGuard local = UrlGuard.of(HOSTS, true);

    assertThat(local.check("http://127.0.0.1:8080/x").uri().getPort()).isEqualTo(8080);
    assertThatThrownBy(() -> local.checkForm("http://127.0.0.2:8080/"))
        .isInstanceOf(UrlRefusedException.class);
    assertThatThrownBy(() -> local.checkForm("http://10.0.0.1/"))
        .isInstanceOf(UrlRefusedException.class);
    assertThatThrownBy(() -> local.checkForm("http://u@127.0.0.1/"))
        .isInstanceOf(UrlRefusedException.class);
    assertThatThrownBy(() -> local.checkForm("ftp://127.0.0.1/"))
        .isInstanceOf(UrlRefusedException.class);
    assertThatThrownBy(() -> guard.checkForm("http://127.0.0.1:8080/x"))
        .isInstanceOf(UrlRefusedException.class);
  }

  @Test
  void a_host_that_moved_inside_after_the_check_is_sent_nothing() throws IOException {
    GuardedUrl.CheckedSockets sockets =
        new GuardedUrl.CheckedSockets((SSLSocketFactory) SSLSocketFactory.getDefault());
    try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket connected = new Socket()) {
      connected.connect(
          new InetSocketAddress(inside.getInetAddress(), inside.getLocalPort()), 1000);

      assertThatThrownBy(() -> sockets.createSocket(connected, "a.example.com", 443, true))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("moved");
      assertThat(connected.isClosed()).isTrue();
      assertThat(inside.accept().getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void a_real_connection_passes_the_check_before_its_first_byte() throws IOException {
    // the resolver is asked by the guard and says "public"; the JDK asks for itself and finds this
    // machine
    try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      GuardedUrl url = new GuardedUrl(
          java.net.URI.create("https://localhost:" + inside.getLocalPort() + "/"), false);
      java.net.HttpURLConnection connection = url.open();
      connection.setConnectTimeout(2000);
      connection.setReadTimeout(2000);

      assertThatThrownBy(connection::getResponseCode)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("moved");
      assertThat(inside.accept().getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void messages_never_show_the_path() {
    assertThatThrownBy(() -> guard.checkForm("https://evil.com/secret-path"))
        .hasMessageNotContaining("secret-path");
    assertThatThrownBy(() -> guard.checkForm("https://evil com/secret-path"))
        .hasMessageNotContaining("secret-path");
  }

  private static InetAddress[] addresses(String... texts) {
    InetAddress[] addresses = new InetAddress[texts.length];
    for (int i = 0; i < texts.length; i++) {
      try {
        addresses[i] = InetAddress.getByName(texts[i]);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return addresses;
  }
}
