package chatops.cloudsim.http;

/** What answers the requests of one port. Called by several threads at once. */
public interface Door {
  WebReply answer(WebRequest request);
}
