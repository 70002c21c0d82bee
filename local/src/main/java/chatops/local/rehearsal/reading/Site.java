package chatops.local.rehearsal.reading;

/**
 * A task that calls an API, at its place in the tree of templates.
 *
 * @param path task names from the outermost template on, joined by {@code /}
 * @param reply what everything reads of its answer
 */
public record Site(String path, String service, String api, Form reply) {}
