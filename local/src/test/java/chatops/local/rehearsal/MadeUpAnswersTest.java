package chatops.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.local.simulate.Simulated;
import chatops.local.simulate.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A template is simulated in a world that is made of what it reads. */
class MadeUpAnswersTest {
  @TempDir
  Path directory = Path.of("");

  @Test
  void a_web_request_is_answered_as_its_rules_want() throws IOException {
    Simulated simulated = simulated("rules.yml", """
        FormatVersion: OOS-2019-06-01
        RamRole: ''
        Parameters: {busy: {Type: List, Default: [queued, running]}}
        Tasks:
          - Name: ask
            Action: ACS::ExecuteHttpRequest
            Properties:
              URL: https://jobs.example.com/new
              CheckFor:
                Rules:
                  - {PropertySelector: .ok, Operator: Equals, Value: true}
                  - {PropertySelector: .job.state, Operator: NotIn, Value: '{{ busy }}'}
                  - {PropertySelector: code, Operator: In, Value: [200, 201]}
        """);

    assertThat(simulated.reason()).isEmpty();
    assertThat(simulated.status()).isEqualTo(Simulated.SUCCESS);
  }

  @Test
  void a_web_request_is_answered_with_what_later_tasks_read() throws IOException {
    Simulated simulated = simulated("reads.yml", """
        FormatVersion: OOS-2019-06-01
        RamRole: ''
        Parameters: {id: {Type: String}}
        Tasks:
          - Name: look
            Action: ACS::ExecuteHttpRequest
            Properties:
              Method: GET
              URL: https://jobs.example.com/{{ id }}
              Query: {full: 'true'}
              WaitFor: {PropertySelector: .state, DesiredValues: [done], StopRetryValues: [broken]}
            Outputs: {hosts: {Type: List, ValueSelector: '.hosts[].name'}}
          - Name: enough
            Action: ACS::Choice
            Properties:
              DefaultTask: never
              Choices: [{When: {'Fn::Not': {'Fn::Equals': ['{{ look.hosts }}', []]}}, NextTask: ACS::END}]
          - {Name: never, Action: ACS::Sleep, Properties: {Duration: '{{ id }}'}}
        """);

    assertThat(simulated.reason()).isEmpty();
    assertThat(simulated.status()).isEqualTo(Simulated.SUCCESS);
  }

  @Test
  void json_behind_tabs_is_simulated() throws IOException {
    Simulated simulated = simulated("tabs.json", """
        \t\t{
        \t\t"FormatVersion": "OOS-2019-06-01",
        \t\t"Tasks": [{"Name": "a", "Action": "ACS::Sleep", "Properties": {"Duration": "1S"}}]
        \t}
        """);

    assertThat(simulated.status()).isEqualTo(Simulated.SUCCESS);
  }

  private Simulated simulated(String name, String template) throws IOException {
    Path file = Files.writeString(directory.resolve(name), template);
    List<Simulated> all = new ArrayList<>();
    new Simulator(List.of(file), List.of(), Map.of(), Optional.empty())
        .run(new Simulator.Listener() {
          @Override
          public void simulated(Simulated one) {
            all.add(one);
          }

          @Override
          public void passedOver(Path other) {}
        });
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
