package chatops.chat.rights;

import java.util.List;

/** A configuration that says something impossible: all its problems at once, each with its place. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** @param path like {@code rights[0].commands[1]}; a reader that knows lines adds them */
  public record Problem(String path, String message) {
    @Override
    public String toString() {
      return path + ": " + message;
    }
  }

  private final transient List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  private static String text(List<Problem> problems) {
    StringBuilder out = new StringBuilder("the configuration has ");
    out.append(problems.size()).append(problems.size() == 1 ? " problem" : " problems");
    for (Problem problem : problems) {
      out.append("\n  ").append(problem);
    }
    return out.toString();
  }
}
