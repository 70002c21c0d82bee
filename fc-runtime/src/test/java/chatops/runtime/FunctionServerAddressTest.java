package chatops.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionServerAddressTest {
  @Test
  void an_address_that_is_taken_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ServerOptions options = ServerOptions.fromEnvironment(Map.of())
          .withAddress(new InetSocketAddress("127.0.0.1", taken.getLocalPort()));

      assertThatThrownBy(() ->
              FunctionServer.start((input, output, context) -> {}, options).close())
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }
}
