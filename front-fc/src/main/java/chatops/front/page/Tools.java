package chatops.front.page;

/** Forms that act on an execution: each opens with one press and is sent with another, so that none is sent by a slip. */
final class Tools {
  private Tools() {}

  /** One that takes a reason. @param style of its button */
  static void reasoned(
      Parts parts, Look look, LinkedSubject.FormToken form, String act, String style, Html body) {
    open(parts, look, form, act, act, body);
    label(parts, look, "reason.optional", act + "-reason", body);
    body.raw("<input id=\"" + act
        + "-reason\" name=\"reason\" maxlength=\"500\" autocomplete=\"off\">\n");
    close(parts, look, act, style, body);
  }

  static void plain(Parts parts, Look look, LinkedSubject.FormToken form, String act, Html body) {
    open(parts, look, form, act, act, body);
    close(parts, look, act, "main", body);
  }

  /** Runs a failed task again. @param task its path; empty for all that failed */
  static void retry(Parts parts, Look look, LinkedSubject.FormToken form, String task, Html body) {
    String id = "retry" + id(task);
    open(parts, look, form, "retry", id, body);
    task(task, body);
    label(parts, look, "act.retry.changes", id + "-changes", body);
    body.raw(
        "<textarea class=\"code\" id=\"" + id + "-changes\" name=\"changes\" aria-describedby=\""
            + id + "-hint\" spellcheck=\"false\" autocapitalize=\"off\"></textarea>\n");
    body.raw("<p class=\"hint\" id=\"" + id + "-hint\">")
        .text(parts.say(look, "act.retry.hint"))
        .raw("</p>\n");
    close(parts, look, "retry", "main", body);
  }

  /** Goes on without a failed task. */
  static void skip(Parts parts, Look look, LinkedSubject.FormToken form, String task, Html body) {
    open(parts, look, form, "skip", "skip" + id(task), body);
    task(task, body);
    close(parts, look, "skip", "no", body);
  }

  private static void task(String path, Html body) {
    if (!path.isEmpty()) {
      body.raw("<input type=\"hidden\" name=\"task\" value=\"").text(path).raw("\">\n");
    }
  }

  private static void open(
      Parts parts, Look look, LinkedSubject.FormToken form, String act, String id, Html body) {
    body.raw("<details class=\"tool\" id=\"tool-" + id + "\"><summary>")
        .text(parts.say(look, "act." + act))
        .raw("</summary>\n<form method=\"post\" action=\"")
        .text(look.to(look.path()))
        .raw("\">\n");
    Forms.hidden(body, form);
    body.element("p", parts.say(look, "act." + act + ".text")).raw("\n");
  }

  private static void close(Parts parts, Look look, String act, String style, Html body) {
    body.raw("<p class=\"actions\"><button class=\"" + style + "\" name=\"act\" value=\"" + act
            + "\">")
        .text(parts.say(look, "act." + act + ".do"))
        .raw("</button></p>\n</form>\n</details>\n");
  }

  private static void label(Parts parts, Look look, String key, String id, Html body) {
    body.raw("<label for=\"" + id + "\">").text(parts.say(look, key)).raw("</label>\n");
  }

  /** A path as a part of an id. */
  static String id(String path) {
    return path.isEmpty() ? "" : "-" + path.replace('/', '_').replace('.', '-');
  }
}
