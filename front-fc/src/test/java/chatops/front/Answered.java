package chatops.front;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether an answer to a failure is whole: its cause and what to do next, in the person's language and no other. */
public final class Answered {
  /** Languages as the configuration spells them. */
  public static final String[] LANGUAGES = {"en", "zh", "ja"};

  private Answered() {}

  /** A configuration whose people speak a language. */
  public static String rights(String language) {
    return FrontBench.RIGHTS.replace("\"language\":\"en\"", "\"language\":\"" + language + "\"");
  }

  /** @param cause and next regular expressions, both of what must be there in any language */
  public static void whole(String answer, String language, String cause, String next) {
    String text = answer
        .replace("\\n", "\n")
        .replace("\\\"", "\"")
        .replace("&quot;", "\"")
        .replaceAll("(?s)<style>.*?</style>|<nav class=\"lang\".*?</nav>", "");
    assertThat(text).as(language + ": silence").isNotBlank();
    assertThat(text).as(language + ": the cause").containsPattern(cause);
    assertThat(text).as(language + ": what to do").containsPattern(next);
    switch (language) {
      case "en" -> assertThat(text).doesNotContainPattern("[\\u3040-\\u30ff\\u4e00-\\u9fff]");
      case "zh" ->
        assertThat(text)
            .containsPattern("[\\u4e00-\\u9fff]{3}")
            .doesNotContainPattern("[\\u3040-\\u30ff]");
      default -> assertThat(text).containsPattern("[\\u3040-\\u30ff]{2}");
    }
  }
}
