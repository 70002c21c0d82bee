package chatops.front.page;

/** Signs beside words: a state is told by shape, word and colour, so that none of them is needed. */
final class Icons {
  private static final String OPEN =
      "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\">";

  private Icons() {}

  /** The sign of a status, spelled as OOS spells it. */
  static String of(String status) {
    switch (status) {
      case "Success":
        return OPEN
            + filled(
                "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm3.3 4.4L7 9.7 4.9 7.6 3.8 8.7 7 11.9l5.4-5.4Z");
      case "Failed":
        return OPEN
            + filled(
                "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1ZM5.6 4.5 4.5 5.6 6.9 8l-2.4 2.4 1.1 1.1L8 9.1l2.4 2.4 1.1-1.1L9.1 8l2.4-2.4-1.1-1.1L8 6.9Z");
      case "Cancelled":
        return OPEN + filled("M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm-4 6v2h8V7Z");
      case "Skipped":
        return OPEN + filled("M3 3v10l5-5Zm6 0v10l4.5-5Z");
      case "Waiting":
        return OPEN + filled("M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1ZM5 4.5v7h2v-7Zm4 0v7h2v-7Z");
      case "Running":
        return OPEN
            + "<g class=\"turn\"><path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.2\" stroke-linecap=\"round\" d=\"M8 2.2A5.8 5.8 0 1 1 2.2 8\"/></g></svg>";
      default:
        return OPEN
            + "<circle cx=\"8\" cy=\"8\" r=\"5.8\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.2\" stroke-dasharray=\"2.6 2.1\"/></svg>";
    }
  }

  private static String filled(String path) {
    return "<path fill=\"currentColor\" fill-rule=\"evenodd\" d=\"" + path + "\"/></svg>";
  }

  /** The class that gives a status its colour. */
  static String tone(String status) {
    switch (status) {
      case "Success":
        return "go";
      case "Failed":
        return "stop";
      case "Waiting":
        return "warn";
      case "Running":
      case "Started":
        return "run";
      default:
        return "idle";
    }
  }
}
