package chatops.engine.store;

/** A value too large for its row (over 8 KB), addressed by the hex SHA-256 of its text within one execution. */
public record Blob(String hash, String text) {}
