package chatops.engine.testkit;

/** Templates that several tests play. */
public final class Yaml {
  private Yaml() {}

  /** The shape of the vendor's start action. */
  public static final String START = """
      FormatVersion: OOS-2019-06-01
      Parameters:
        instanceId: {Type: String}
      Tasks:
        - Name: start
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ instanceId }}'}}
        - Name: ready
          Action: ACS::WaitFor
          Properties:
            Service: ECS
            API: DescribeInstances
            Parameters: {InstanceIds: ['{{ instanceId }}']}
            PropertySelector: Instances.Instance[].Status
            DesiredValues: [Running]
          Outputs:
            status: {Type: String, ValueSelector: 'Instances.Instance[].Status'}
      Outputs:
        status: {Type: String, Value: '{{ ready.status }}'}
      """;

  /** The shape of the vendor's reboot action. */
  public static final String REBOOT =
      START.replace("StartInstance", "RebootInstance").replace("Name: start", "Name: reboot");

  /** Select, ask, reboot under rate control. */
  public static final String BULK_REBOOT = """
      FormatVersion: OOS-2019-06-01
      Parameters:
        ids: {Type: List}
        hook: {Type: String, NoEcho: true, Default: 'https://oapi.dingtalk.com/robot/send?access_token=top-secret'}
        rateControl: {Type: Json, Default: {Mode: Concurrency, Concurrency: 2, MaxErrors: 0}}
      Tasks:
        - Name: select
          Action: ACS::SelectTargets
          Properties:
            ResourceType: ALIYUN::ECS::Instance
            Filters: [{Type: ResourceIds, ResourceIds: '{{ ids }}'}]
          Outputs:
            ids: {Type: List, ValueSelector: 'Instances.Instance[].InstanceId'}
        - Name: approve
          Action: ACS::Approve
          Properties:
            NotifyType: WebHook
            WebHook:
              URI: '{{ hook }}'
              Content: {msgtype: text, text: {content: 'Reboot {{ select.ids }}?'}, at: {isAtAll: 'false'}}
        - Name: reboot
          Action: ACS::ECS::RebootInstance
          Properties: {instanceId: '{{ ACS::TaskLoopItem }}'}
          Outputs:
            status: {Type: String, ValueSelector: status}
          Loop:
            Items: '{{ select.ids }}'
            RateControl: '{{ rateControl }}'
            Outputs:
              states: {AggregateType: Fn::ListJoin, AggregateField: status}
      Outputs:
        ids: {Type: List, Value: '{{ select.ids }}'}
        states: {Type: List, Value: '{{ reboot.states }}'}
      """;
}
