package chatops.engine.policy;

/** Policies by template name; asked at every start and at every turn, so that a changed configuration counts at once. */
public interface Policies {
  /** No limits, no locks, nothing expires. */
  Policies NONE = template -> Policy.NONE;

  Policy of(String template);
}
