package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template makes of a secret is as secret as that is. */
class SecretTest {
  private static final String SECRET = "Alpha:bravo-CHARLIE-7";

  private String shown(World world) {
    ExecutionView view = world.view();
    return view + " " + world.engine().tasks(World.ID) + world.engine().logs(World.ID, 0, 1000)
        + world.notices;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Fn::Split': [':', '{{ secret }}']}",
        "{'Fn::Jq': [First, 'explode | reverse | implode', '{{ secret }}']}",
        "{'Fn::Jq': [First, '.[6:14]', '{{ secret }}']}",
        "{'Fn::Jq': [First, 'explode', '{{ secret }}']}",
        "{'Fn::Jq': [First, 'test(\"x\") as $t | [splits(\"-\")]', '{{ secret }}']}",
        "{'Fn::Jq': [First, '\"{{ secret }}\" | ascii_downcase | ltrimstr(\"alpha\")', 'x']}",
        "{'Fn::Base64Encode': ['prefix {{ secret }} suffix']}",
        "{'Fn::Replace': [{'bravo': 'bravado'}, '{{ secret }}']}",
        "{'Fn::Sub': ['[${s}]', {'s': '{{ secret }}'}]}",
        "{'Fn::Join': ['#', ['{{ secret }}', 'x']]}",
        "{'Fn::If': [true, '{{ secret }}', 'no']}",
        "{'Fn::Jq': [First, '@base32? // @sh', '{{ secret }}']}",
        "{'Fn::First': [{'Fn::Split': ['-', '{{ secret }}']}]}",
        "{'Fn::MergeList': [['{{ secret }}'], [x]]}",
        "{'Fn::MapJoin': [['{{ secret }}', 'k'], [1, '{{ secret }}']]}",
        "{'Fn::Jq': [First, '{(.[6:11]): 1}', '{{ secret }}']}",
      })
  void a_function_or_a_program_does_not_uncover_it(String expression) {
    World world = new World().template("mill", """
            FormatVersion: OOS-2019-06-01
            Parameters: {secret: {Type: String, NoEcho: true}}
            Tasks:
              - {Name: say, Action: ACS::Template, Properties: {TemplateName: echo, Parameters: {text: %1$s}}, Outputs: {said: {Type: Json, ValueSelector: said}}}
              - Name: many
                Action: ACS::Template
                Properties: {TemplateName: echo, Parameters: {text: '{{ ACS::TaskLoopItem }}'}}
                Loop: {Items: [%1$s, '{{ say.said }}']}
              - {Name: ask, Action: ACS::Approve, Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {msgtype: text, text: {content: %1$s}}}}}
            Outputs: {out: {Type: Json, Value: %1$s}, said: {Type: Json, Value: '{{ say.said }}'}}
            """.formatted(expression)).template("echo", """
            FormatVersion: OOS-2019-06-01
            Parameters: {text: {Type: Json}}
            Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: 1S}}]
            Outputs: {said: {Type: Json, Value: '{{ text }}'}}
            """);
    world.run("mill", "{\"secret\":\"" + SECRET + "\"}");

    String shown = shown(world).toLowerCase(Locale.ROOT);

    assertThat(shown).contains("******");
    for (String word :
        new String[] {"bravo", "charlie", "bravado", "eilrahc", "ovarb", "98,114,97"}) {
      assertThat(shown).doesNotContain(word);
    }
  }

  @Test
  void what_only_a_nested_template_calls_secret_is_secret_everywhere() {
    World world = new World().template("outer", """
            FormatVersion: OOS-2019-06-01
            Tasks:
              - {Name: inner, Action: ACS::Template, Properties: {TemplateName: inner, Parameters: {password: literal-pass-word}}, Outputs: {said: {Type: String, ValueSelector: said}}}
            Outputs: {said: {Type: String, Value: '{{ inner.said }}'}}
            """).template("inner", """
            FormatVersion: OOS-2019-06-01
            Parameters: {password: {Type: String, NoEcho: true}}
            Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: 1S}}]
            Outputs: {said: {Type: String, Value: 'is {{ password }}'}}
            """);

    world.run("outer", "{}");

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(shown(world)).contains("is ******").doesNotContain("literal-pass");
  }

  @Test
  void what_stands_beside_a_secret_and_is_passed_on_can_be_seen() {
    World world = new World().template("mill", """
        FormatVersion: OOS-2019-06-01
        Parameters: {secret: {Type: String, NoEcho: true}}
        Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: 1S}}]
        Outputs:
          name: {Type: String, Value: {'Fn::Jq': [First, '.name', {name: Success, password: '{{ secret }}'}]}}
          list: {Type: Json, Value: {'Fn::ListJoin': ['{{ secret }}', production]}}
          chosen: {Type: String, Value: {'Fn::If': [{'Fn::Equals': ['', '{{ secret }}']}, missing, given]}}
        """);
    world.run("mill", "{\"secret\":\"" + SECRET + "\"}");

    assertThat(world.drive().outputs())
        .hasToString(
            "{\"name\":\"Success\",\"list\":[\"******\",\"production\"],\"chosen\":\"given\"}");
  }

  @Test
  void more_pieces_than_are_kept_leave_no_value_to_be_seen() {
    World world = new World().template("mill", """
        FormatVersion: OOS-2019-06-01
        Parameters: {secret: {Type: String, NoEcho: true}}
        Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: 1S}}]
        Outputs: {out: {Type: Json, Value: {'Fn::Jq': [First, '[range(400) as $i | "p\\($i)" + .[0:3]]', '{{ secret }}']}}, plain: {Type: String, Value: word}}
        """);
    world.run("mill", "{\"secret\":\"" + SECRET + "\"}");

    assertThat(world.drive().outputs().path("plain").asText()).isEqualTo("******");
    assertThat(world.view().outputs().toString()).doesNotContain("Alp");
  }

  @Test
  void an_execution_without_secrets_hides_nothing() {
    World world = new World().template("plain", """
        FormatVersion: OOS-2019-06-01
        Parameters: {word: {Type: String, Default: hello}}
        Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: 1S}}]
        Outputs: {out: {Type: String, Value: {'Fn::Join': ['-', ['{{ word }}', x]]}}}
        """);
    world.run("plain", "{}");

    assertThat(world.drive().outputs().path("out").asText()).isEqualTo("hello-x");
  }
}
