package chatops.engine.store;

/**
 * A small row that several executions share: a freeze, a queue, a lock.
 *
 * @param key at most 500 characters; what stands before the first {@code :} says its kind
 * @param stamp names this very write: never the same twice, so that a row that was removed and made anew is another one
 * @param value JSON text, at most 256 KB
 */
public record SharedRow(String key, String stamp, String value) {}
