package chatops.engine;

import chatops.engine.share.Freeze;

/** A start that is refused because starts of this template are frozen. */
public final class FrozenException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final transient Freeze freeze;

  FrozenException(String template, Freeze freeze) {
    super("starts of " + template + " are frozen since " + freeze.at() + " by " + freeze.by()
        + (freeze.reason().isBlank() ? "" : ": " + freeze.reason()));
    this.freeze = freeze;
  }

  public Freeze freeze() {
    return freeze;
  }
}
