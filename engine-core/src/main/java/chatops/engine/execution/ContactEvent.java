package chatops.engine.execution;

/** What became of telling people; each with what the notifier wants to know when it tells the next notice. */
public interface ContactEvent extends Event {

  /** A notice arrived, or there was nothing to tell any more. */
  record Reached(String id, String memory) implements ContactEvent {
    @Override
    public Execution on(Execution e) {
      return new Told(id).on(remembered(e, memory));
    }
  }

  /** A notice did not arrive and is tried again. */
  record PutOff(Untold notice, String memory) implements ContactEvent {
    @Override
    public Execution on(Execution e) {
      return new ToTell(notice).on(remembered(e, memory));
    }
  }

  /** A notice is given up. Unchanged when it is not waited for any more. */
  record GivenUp(String id, Contact.Missed missed, String memory) implements ContactEvent {
    @Override
    public Execution on(Execution e) {
      Execution told = new Told(id).on(e);
      if (told == e) {
        return e;
      }
      Draft d = told.draft();
      d.contact = e.contact().remembering(memory).missing(missed);
      return d.build();
    }
  }

  private static Execution remembered(Execution e, String memory) {
    if (e.contact().memory().equals(memory)) {
      return e;
    }
    Draft d = e.draft();
    d.contact = e.contact().remembering(memory);
    return d.build();
  }
}
