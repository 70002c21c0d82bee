package chatops.cloudsim.slack;

/**
 * A shortcut of the app, as its manifest names it.
 *
 * @param isGlobal whether it is offered everywhere; else in the menu of each message
 */
public record Shortcut(String callbackId, String name, boolean isGlobal) {}
