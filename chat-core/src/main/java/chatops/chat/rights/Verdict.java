package chatops.chat.rights;

/** Whether something is allowed; when not, why, so that the person can be told. */
public sealed interface Verdict {
  record Allowed() implements Verdict {}

  /** @param what the name that was refused, such as the region; may be empty */
  record Denied(Reason reason, String what) implements Verdict {}

  /** Why not. {@code front.denied.<name>} and {@code execution.denied.<name>} in lower case say it. */
  enum Reason {
    /** The workspace or corporation is not in the configuration. */
    TENANT,
    /** No entry names the person. */
    PERSON,
    /** Entries name the person, but not for this place. */
    PLACE,
    COMMAND,
    TEMPLATE,
    REGION,
    ROLE,
    /** A parameter's value is not among those the entry allows, or the template has no such parameter. */
    PARAMETER,
    /** The person is no approver. */
    APPROVER,
    /** The requester may not decide the own request. */
    REQUESTER,
    /** A link carries no identity, and the configuration or the approval wants one. */
    BEARER,
    /** A decision like this needs a reason, and there is none. */
    REASON
  }

  Verdict ALLOWED = new Allowed();

  default boolean isAllowed() {
    return this instanceof Allowed;
  }
}
