package chatops.engine.execution;

/** What a person answers to an approval. */
public enum Decision {
  APPROVE,
  REJECT
}
