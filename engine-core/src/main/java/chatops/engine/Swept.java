package chatops.engine;

/** One sweep: rows that were due, and how many of them were taken up. */
public record Swept(int due, int advanced) {}
