package chatops.chat.fc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "https://1.cn-hangzhou.fc.aliyuncs.com, https://1.cn-hangzhou.fc.aliyuncs.com",
    "https://1.cn-hangzhou.fc.aliyuncs.com:443/, https://1.cn-hangzhou.fc.aliyuncs.com",
    "https://fc.example:8443, https://fc.example:8443",
    "http://127.0.0.1:1234, http://127.0.0.1:1234",
    "http://localhost:80, http://localhost",
    "http://[::1]:99, http://[::1]:99",
  })
  void is_accepted(String text, String endpoint) {
    assertThat(Endpoint.parse(text)).hasToString(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fc.example",
        "ftp://fc.example",
        "http://fc.example",
        "http://127.0.0.1.evil.example",
        "http://127.evil",
        "http://10.0.0.1",
        "https://secret@fc.example",
        "https://fc.example/path",
        "https://fc.example?secret",
        "https://fc.example#secret",
        "https://",
        "https://a b",
        "http://0.0.0.0:1"
      })
  void is_refused_without_being_quoted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(text))
        .withMessageContaining("FC_ENDPOINT")
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret"));
  }

  @Test
  void of_an_account_is_the_in_region_address() {
    assertThat(Endpoint.ofAccount("1234567890123456", "cn-hangzhou"))
        .hasToString("https://1234567890123456.cn-hangzhou-internal.fc.aliyuncs.com");
  }
}
