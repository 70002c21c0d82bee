package chatops.engine.audit;

/** The kinds of audit records. They are stored: a word that was written once keeps its meaning. */
public final class Kinds {
  /** Somebody asked for the execution; the first record. */
  public static final String REQUEST = "request";
  /** The first record of an execution that an earlier program began, which kept no trail. */
  public static final String ADOPTED = "adopted";
  /** People are asked to decide. */
  public static final String ASKED = "asked";
  /** A person decided. */
  public static final String DECISION = "decision";
  /** What came of an approval. */
  public static final String CLOSED = "closed";
  /** The outcome of a call is unknown and a person must say what follows. */
  public static final String QUESTION = "question";
  /** A person said it. */
  public static final String ANSWER = "answer";
  /** A person ordered something: pause, resume, retry, skip. */
  public static final String ORDER = "order";
  /** What came of an order. */
  public static final String OBEYED = "obeyed";
  /** Somebody wants the execution to stop. */
  public static final String CANCEL = "cancel";
  /** A role session calls for it from now on. */
  public static final String SESSION = "session";
  /** A call that changes something is about to leave. */
  public static final String CALL = "call";
  /** It did not leave after all. */
  public static final String UNSENT = "unsent";
  /** What came back. */
  public static final String RESULT = "result";
  /** It is over. */
  public static final String ENDED = "ended";
  /** It goes on after it had failed. */
  public static final String REOPENED = "reopened";
  /** Its rows are being deleted, because it ended so long ago; the last record. */
  public static final String RETIRED = "retired";

  private Kinds() {}

  /** Of what happened at one instant, people's words come first, then calls, then what they led to. */
  static int rank(String kind) {
    return switch (kind) {
      case CALL, UNSENT, SESSION, RESULT -> 1;
      case ASKED, QUESTION, OBEYED -> 2;
      case ENDED -> 3;
      case RETIRED -> 4;
      default -> 0;
    };
  }
}
