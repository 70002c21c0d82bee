package chatops.fc2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chatops.chat.fc.Fc3FunctionClient;
import chatops.chat.fc.FunctionClient.Key;
import chatops.chat.fc.FunctionClient.Keys;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionClientsTest {
  private static final Keys KEYS = () -> new Key("a", "b", "c");
  private static final String LOOPBACK = "http://127.0.0.1:1";

  @Test
  void a_service_means_fc_2_and_none_means_fc_3() {
    assertThat(FunctionClients.fromEnvironment(
            Map.of("FC_ENDPOINT", LOOPBACK, "EXECUTION_FUNCTION", "f", "EXECUTION_SERVICE", "s"),
            KEYS))
        .isInstanceOf(Fc2FunctionClient.class);
    assertThat(FunctionClients.fromEnvironment(
            Map.of("FC_ENDPOINT", LOOPBACK, "EXECUTION_FUNCTION", "f", "EXECUTION_SERVICE", " "),
            KEYS))
        .isInstanceOf(Fc3FunctionClient.class);
  }

  @Test
  void the_endpoint_follows_from_account_and_region_where_it_is_not_set() {
    Map<String, String> environment =
        Map.of("FC_ACCOUNT_ID", "1", "FC_REGION", "cn-hangzhou", "EXECUTION_FUNCTION", "f");

    assertThat(FunctionClients.fromEnvironment(environment, KEYS))
        .isInstanceOf(Fc3FunctionClient.class);
  }

  @Test
  void the_names_of_the_classic_sample_are_understood() {
    Map<String, String> environment =
        Map.of("FUNCTION_COMPUTE_ENDPOINT", "1.cn-hangzhou.fc.aliyuncs.com", "INVOKE_FC", "f");

    assertThat(FunctionClients.fromEnvironment(environment, KEYS))
        .isInstanceOf(Fc3FunctionClient.class);
  }

  @Test
  void what_is_missing_or_unusable_is_named_and_not_quoted() {
    assertRefused(Map.of("FC_ENDPOINT", LOOPBACK), "EXECUTION_FUNCTION");
    assertRefused(Map.of("EXECUTION_FUNCTION", "f"), "FC_ENDPOINT");
    assertRefused(Map.of("EXECUTION_FUNCTION", "f", "FC_REGION", "cn-hangzhou"), "FC_ACCOUNT_ID");
    assertRefused(
        Map.of("EXECUTION_FUNCTION", "f", "FC_ENDPOINT", "http://secret.example"), "FC_ENDPOINT");
    assertRefused(
        Map.of("EXECUTION_FUNCTION", "f", "FC_ENDPOINT", LOOPBACK, "EXECUTION_SERVICE", "a/b"),
        "EXECUTION_SERVICE");
  }

  private static void assertRefused(Map<String, String> environment, String variable) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FunctionClients.fromEnvironment(environment, KEYS))
        .withMessageContaining(variable)
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret"));
  }

  @Test
  void fc_3_is_chosen_without_the_sdk_of_fc_2_on_the_class_path() throws Exception {
    List<URL> withoutSdk = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("aliyun") && !entry.contains("gson")) {
        withoutSdk.add(new File(entry).toURI().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(withoutSdk.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> keys = loader.loadClass(Keys.class.getName());
      var choose = loader
          .loadClass(FunctionClients.class.getName())
          .getMethod("fromEnvironment", Map.class, keys);
      Object none = java.lang.reflect.Proxy.newProxyInstance(
          loader, new Class<?>[] {keys}, (self, method, args) -> self);

      Object client =
          choose.invoke(null, Map.of("FC_ENDPOINT", LOOPBACK, "EXECUTION_FUNCTION", "f"), none);

      assertThat(client.getClass().getName()).isEqualTo(Fc3FunctionClient.class.getName());
      // the control: the same loader cannot make the other one
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> choose
              .invoke(
                  null,
                  Map.of(
                      "FC_ENDPOINT", LOOPBACK, "EXECUTION_FUNCTION", "f", "EXECUTION_SERVICE", "s"),
                  none)
              .getClass()
              .getMethods()))
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isInstanceOf(NoClassDefFoundError.class),
              thrown -> assertThat(thrown).isInstanceOf(InvocationTargetException.class));
    }
  }
}
