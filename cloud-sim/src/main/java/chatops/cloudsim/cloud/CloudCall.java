package chatops.cloudsim.cloud;

import chatops.cloudsim.identity.Principal;

/** One call whose caller is already known to be who it says. */
public record CloudCall(
    String service, String api, String region, Principal caller, Parameters parameters) {}
