package chatops.chat;

/** The doors a person can come through. */
public enum Platform {
  SLACK,
  DINGTALK,
  /** A page opened by a link; carries no identity. */
  WEB,
  /** The command line of the one-machine host. */
  CLI
}
