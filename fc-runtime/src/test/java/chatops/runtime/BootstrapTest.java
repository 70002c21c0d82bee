package chatops.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  /** Found by name. */
  public static final class Good implements StreamRequestHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {}
  }

  /** Cannot be made. */
  public static final class Failing {
    public Failing() {
      throw new IllegalStateException("chatops.yaml is missing");
    }
  }

  @Test
  void the_handler_is_the_argument_then_ours_then_the_platforms() {
    Map<String, String> both = Map.of("FC_HANDLER", "b", "FC_FUNCTION_HANDLER", "c");

    assertThat(Bootstrap.handlerName(new String[] {"a"}, both)).isEqualTo("a");
    assertThat(Bootstrap.handlerName(new String[0], both)).isEqualTo("b");
    assertThat(Bootstrap.handlerName(new String[0], Map.of("FC_FUNCTION_HANDLER", "c")))
        .isEqualTo("c");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bootstrap.handlerName(new String[0], Map.of()))
        .withMessageContaining("FC_HANDLER");
  }

  @Test
  void a_handler_is_found_by_class_with_or_without_its_method() {
    String name = Good.class.getName();

    assertThat(Bootstrap.handler(name)).isInstanceOf(Good.class);
    assertThat(Bootstrap.handler(name + "::handleRequest")).isInstanceOf(Good.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no.such.Handler", "java.lang.String", "java.util.List"})
  void what_is_no_handler_is_named(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bootstrap.handler(name))
        .withMessageStartingWith(name);
  }

  @Test
  void a_handler_that_cannot_be_made_says_why() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bootstrap.handler(Failing.class.getName()))
        .withMessageContaining("chatops.yaml is missing");
  }

  @Test
  void it_listens_on_every_interface_only_on_the_platform() {
    assertThat(listen(Map.of())).isEqualTo("127.0.0.1:9000");
    assertThat(listen(Map.of("FC_FUNCTION_NAME", "front"))).isEqualTo("0.0.0.0:9000");
    assertThat(listen(Map.of("FC_FUNCTION_NAME", "front", "FC_SERVER_PORT", "8080")))
        .isEqualTo("0.0.0.0:8080");
    assertThat(listen(Map.of("CHATOPS_LISTEN", "127.0.0.1:0"))).isEqualTo("127.0.0.1:0");
  }

  private static String listen(Map<String, String> environment) {
    var address = ServerOptions.fromEnvironment(environment).address();
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Test
  void settings_that_make_no_sense_are_named_with_what_was_expected() {
    for (Map<String, String> wrong : java.util.List.of(
        Map.of("CHATOPS_CONCURRENCY", "many"),
        Map.of("CHATOPS_CONCURRENCY", "201"),
        Map.of("FC_SERVER_PORT", "70000"),
        Map.of("CHATOPS_LISTEN", "9000"),
        Map.of("CHATOPS_LISTEN", "127.0.0.1:x"))) {
      String name = wrong.keySet().iterator().next();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ServerOptions.fromEnvironment(wrong))
          .withMessageContaining(name)
          .withMessageContaining("expected");
    }
  }

  @Test
  void what_is_refused_for_the_number_at_once_is_what_the_message_says() {
    for (String wrong : java.util.List.of("-1", "0", "201")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ServerOptions.fromEnvironment(Map.of("CHATOPS_CONCURRENCY", wrong)))
          .withMessageContaining("CHATOPS_CONCURRENCY is \"" + wrong + "\"")
          .withMessageContaining("from 1 to 200");
    }
    for (int right : java.util.List.of(1, 200)) {
      assertThat(ServerOptions.fromEnvironment(Map.of("CHATOPS_CONCURRENCY", "" + right))
              .concurrency())
          .isEqualTo(right);
    }
  }
}
