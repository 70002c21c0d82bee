package chatops.chat.link;

/**
 * Addresses of Front's pages: the one place that knows their paths, for Front, which serves them, and for everything that links
 * to them. Immutable.
 */
public final class PageAddresses {
  /** An execution: {@code /x/<execution id>}. */
  public static final String EXECUTION = "/x/";

  /** A personal link: {@code /enter/<token>}. */
  public static final String ENTER = "/enter/";

  /** The list of executions. */
  public static final String EXECUTIONS = "/executions";

  /** Templates, and one of them: {@code /templates/<name>}. */
  public static final String TEMPLATES = "/templates";

  private final String url;

  /** @param url what {@code CHATOPS_URL} says; empty where nobody reaches Front by a browser: all addresses are empty then */
  public PageAddresses(String url) {
    int end = url.length();
    while (end > 0 && url.charAt(end - 1) == '/') {
      end--;
    }
    this.url = url.substring(0, end);
  }

  /** Whether a text can be an execution's id: nothing else has a place in an address of ours. */
  public static boolean isExecution(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
      if (!plain) {
        return false;
      }
    }
    return id.startsWith("exec-") && id.length() <= 64;
  }

  /**
   * A personal link.
   *
   * @param then path it leads to, such as {@code /x/<execution id>}; empty for the list of executions
   */
  public String enter(String token, String then) {
    return url.isEmpty() ? "" : url + ENTER + token + (then.isEmpty() ? "" : "?to=" + then);
  }

  /** The page of an execution. Its address tells nobody anything; the page asks who may see it. */
  public String execution(String executionId) {
    return url.isEmpty() ? "" : url + EXECUTION + executionId;
  }
}
