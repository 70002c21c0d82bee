package chatops.cloudsim.sts;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Parameters;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** STS: AssumeRole and GetCallerIdentity, with the limits of the page "AssumeRole" (Sts 2015-04-01). Thread-safe. */
public final class Sts implements CloudService {
  private static final Pattern ROLE_ARN = Pattern.compile("acs:ram::\\d+:role/[\\w.@-]{1,64}");
  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  private final Identities identities;
  private final Names names;

  public Sts(Identities identities, Names names) {
    this.identities = identities;
    this.names = names;
  }

  @Override
  public String product() {
    return "Sts";
  }

  @Override
  public String version() {
    return "2015-04-01";
  }

  @Override
  public Map<String, Api> apis() {
    return Map.of("AssumeRole", this::assumeRole, "GetCallerIdentity", this::callerIdentity);
  }

  @Override
  public List<String> resources(CloudCall call) {
    return List.of(call.parameters().text("RoleArn").orElse("*"));
  }

  @Override
  public Api withoutPermission(CloudCall call) {
    return call.api().equals("GetCallerIdentity") ? this::callerIdentity : this::refuse;
  }

  private ObjectNode assumeRole(CloudCall call) {
    Parameters parameters = call.parameters();
    String arn = parameters.required("RoleArn");
    if (!ROLE_ARN.matcher(arn).matches()) {
      throw CloudException.invalid("RoleArn", "expected acs:ram::<account>:role/<name>.");
    }
    String sessionName = parameters.required("RoleSessionName");
    if (!SESSION_NAME.matcher(sessionName).matches()) {
      throw CloudException.invalid("RoleSessionName", "expected 2 to 64 of [A-Za-z0-9.@_-].");
    }
    parameters
        .text("ExternalId")
        .filter(id -> !EXTERNAL_ID.matcher(id).matches())
        .ifPresent(id -> {
          throw CloudException.invalid("ExternalId", "expected 2 to 1224 of [\\w+=,.@:/-].");
        });
    Role role = identities
        .roleByArn(arn)
        .orElseThrow(() ->
            new CloudException(404, "EntityNotExist.Role", "The role not exists: " + arn + "."));
    if (!role.trusts(call.caller())) {
      return refuse(call);
    }
    Optional<Policy> policy = parameters.text("Policy").map(Sts::policy);
    return reply(identities.session(role, sessionName, duration(parameters, role), policy));
  }

  private static Duration duration(Parameters parameters, Role role) {
    int longest = (int) role.maxSession().toSeconds();
    int seconds = parameters.number("DurationSeconds", 3600, 900, longest);
    return Duration.ofSeconds(seconds);
  }

  private static Policy policy(String json) {
    if (json.length() > 2048) {
      throw new CloudException(
          400, "InvalidParameter.PolicySize", "The policy is longer than 2048 characters.");
    }
    return Policy.parse(json)
        .orElseThrow(() -> new CloudException(
            400,
            "InvalidParameter.PolicyGrammar",
            "The parameter Policy has not passed grammar check."));
  }

  private ObjectNode refuse(CloudCall call) {
    throw new CloudException(
        403,
        "NoPermission",
        "You are not authorized to do this action. You should be authorized by RAM: "
            + call.caller().arn()
            + " lacks sts:AssumeRole on the role, or the role does not trust it.");
  }

  private ObjectNode callerIdentity(CloudCall call) {
    boolean session = call.caller() instanceof Principal.RoleSession;
    return JsonNodeFactory.instance
        .objectNode()
        .put("AccountId", call.caller().accountId())
        .put("Arn", call.caller().arn())
        .put("IdentityType", session ? "AssumedRoleUser" : "RAMUser");
  }

  private ObjectNode reply(Principal.RoleSession session) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("AssumedRoleUser")
        .put("Arn", session.arn())
        .put("AssumedRoleId", names.digits(18) + ":" + session.sessionName());
    body.putObject("Credentials")
        .put("AccessKeyId", session.accessKeyId())
        .put("AccessKeySecret", session.accessKeySecret())
        .put("SecurityToken", session.securityToken())
        .put(
            "Expiration",
            DateTimeFormatter.ISO_INSTANT.format(
                session.expiration().truncatedTo(ChronoUnit.SECONDS)));
    return body;
  }
}
