package chatops.front.page;

import chatops.chat.form.Entry;
import chatops.chat.form.FormField;
import chatops.chat.form.FormField.Kind;
import chatops.chat.form.FormWording;
import chatops.chat.form.TemplateForm;
import chatops.chat.link.PageAddresses;
import chatops.chat.text.Texts;
import chatops.front.http.HttpReply;
import java.util.List;
import java.util.Map;

/** How the list of templates and the form of one look. Immutable. */
final class TemplatePage {
  /** Before a parameter's name in the form, so that none is taken for a field of ours. */
  static final String PREFIX = "p.";

  private final Parts parts;
  private final PageFrame frame;
  private final FormWording wording;

  TemplatePage(Texts texts, FormWording wording) {
    this.parts = new Parts(texts);
    this.frame = new PageFrame(texts);
    this.wording = wording;
  }

  HttpReply all(Look look, List<TemplateForm> forms) {
    Html body = new Html();
    body.element("h1", parts.say(look, "templates")).raw("\n");
    if (forms.isEmpty()) {
      body.raw("<div class=\"card\">\n<p>")
          .text(parts.say(look, "templates.none"))
          .raw("</p>\n</div>\n");
    } else {
      body.raw("<ul class=\"list card flat\">\n");
      for (TemplateForm form : forms) {
        body.raw("<li><a class=\"row single\" href=\"")
            .text(look.to(PageAddresses.TEMPLATES + "/" + Look.encoded(form.template())))
            .raw("\"><span class=\"what\"><b>")
            .text(form.template())
            .raw("</b><span class=\"sub\">")
            .text(form.about(look.language()))
            .raw("</span></span></a></li>\n");
      }
      body.raw("</ul>\n");
    }
    return frame.reply(200, look, PageFrame.Width.WIDE, parts.say(look, "templates"), body);
  }

  /**
   * @param typed what stands in the inputs, by parameter; defaults stand where nothing does
   * @param errors what is wrong, by parameter
   * @param why what was wrong with all of it; empty when nothing was
   */
  HttpReply show(
      int status,
      Look look,
      TemplateForm form,
      Map<String, String> typed,
      Map<String, String> errors,
      String why,
      LinkedSubject.FormToken token) {
    Html body = new Html();
    body.raw("<div class=\"card\">\n").element("h1", form.template()).raw("\n");
    body.element("p class=\"message\"", form.about(look.language())).raw("\n");
    if (!errors.isEmpty() || !why.isEmpty()) {
      body.raw("<div class=\"problem\" role=\"alert\"><p class=\"wrong message\">")
          .text(why.isEmpty() ? parts.say(look, "run.wrong", errors.size()) : why)
          .raw("</p></div>\n");
    }
    body.raw("<form method=\"post\" novalidate action=\"")
        .text(look.to(PageAddresses.TEMPLATES + "/" + Look.encoded(form.template())))
        .raw("\">\n");
    Forms.hidden(body, token);
    boolean isFirst = true;
    for (FormField field : form.fields()) {
      String error = errors.getOrDefault(field.name(), "");
      input(look, field, typed.get(field.name()), error, isFirst && !error.isEmpty(), body);
      isFirst = isFirst && error.isEmpty();
    }
    body.raw("<p class=\"actions\"><button class=\"main\">")
        .text(parts.say(look, "run.do"))
        .raw("</button></p>\n</form>\n");
    body.element("p class=\"hint\"", parts.say(look, "run.hint")).raw("\n</div>\n");
    String title = form.template();
    return frame.reply(
        status,
        look,
        PageFrame.Width.NARROW,
        errors.isEmpty() ? title : parts.say(look, "run.wrong", errors.size()) + " – " + title,
        body);
  }

  private void input(
      Look look,
      FormField field,
      @org.jspecify.annotations.Nullable String typed,
      String error,
      boolean isFocused,
      Html body) {
    String id = "f-" + field.name();
    String hint = hint(look, field);
    body.raw("<label for=\"")
        .text(id)
        .raw("\">")
        .text(field.title(look.language()))
        .raw(field.required() ? "" : " <span class=\"soft optional\">")
        .text(field.required() ? "" : parts.say(look, "run.optional"))
        .raw(field.required() ? "</label>\n" : "</span></label>\n");
    StringBuilder described = new StringBuilder();
    if (!error.isEmpty()) {
      described.append("e-").append(field.name());
    }
    if (!hint.isEmpty()) {
      described.append(described.length() == 0 ? "" : " ").append("h-").append(field.name());
    }
    Html attributes = new Html()
        .raw("id=\"")
        .text(id)
        .raw("\" name=\"")
        .text(PREFIX + field.name())
        .raw(field.required() ? "\" required" : "\"")
        .raw(error.isEmpty() ? "" : " aria-invalid=\"true\"")
        .raw(isFocused ? " autofocus" : "");
    if (described.length() > 0) {
      attributes.raw(" aria-describedby=\"").text(described.toString()).raw("\"");
    }
    control(look, field, typed, attributes.toString(), body);
    if (!error.isEmpty()) {
      body.raw("<p class=\"wrong\" id=\"")
          .text("e-" + field.name())
          .raw("\">")
          .text(error)
          .raw("</p>\n");
    }
    if (!hint.isEmpty()) {
      body.raw("<p class=\"hint message\" id=\"")
          .text("h-" + field.name())
          .raw("\">")
          .text(hint)
          .raw("</p>\n");
    }
  }

  /** As in a modal, but for what is typed hidden here, and how instances are named. */
  private String hint(Look look, FormField field) {
    String own = field.hint(look.language());
    if (field.secret()) {
      String hidden = parts.say(look, "run.secret");
      return own.isEmpty() ? hidden : own + "\n" + hidden;
    }
    String hint = wording.hint(look.language(), field);
    return hint.isEmpty() && field.kind() == Kind.TARGETS ? parts.say(look, "run.targets") : hint;
  }

  private void control(
      Look look,
      FormField field,
      @org.jspecify.annotations.Nullable String typed,
      String attributes,
      Html body) {
    // a secret is offered again to nobody, not even to who typed it
    String value =
        field.secret() ? "" : typed != null ? typed : Entry.toTyped(field, field.initial());
    boolean isChoice = field.kind() == Kind.FLAG
        || !field.choices().isEmpty() && field.kind() != Kind.LIST && !field.secret();
    if (isChoice) {
      List<String> choices = field.kind() == Kind.FLAG && field.choices().isEmpty()
          ? List.of("true", "false")
          : field.choices();
      body.raw("<select " + attributes + ">");
      boolean isKnown = choices.contains(value);
      if (!isKnown || !field.required()) {
        body.raw("<option value=\"\">").text(parts.say(look, "run.choose")).raw("</option>");
      }
      for (String choice : choices) {
        body.raw("<option value=\"")
            .text(choice)
            .raw(choice.equals(value) ? "\" selected>" : "\">")
            .text(choice)
            .raw("</option>");
      }
      body.raw("</select>\n");
      return;
    }
    boolean isLong = field.kind() == Kind.LINES
        || field.kind() == Kind.LIST
        || field.kind() == Kind.JSON
        || value.indexOf('\n') >= 0;
    if (isLong && !field.secret()) {
      body.raw("<textarea rows=\"4\" spellcheck=\"false\" autocomplete=\"off\" "
              + (field.kind() == Kind.LIST ? "" : "class=\"code\" ") + attributes + ">\n")
          .text(value)
          .raw("</textarea>\n");
      return;
    }
    String type = field.secret() ? "password" : "text";
    String more = field.kind() == Kind.NUMBER ? " inputmode=\"decimal\"" : "";
    body.raw("<input type=\"" + type + "\"" + more + " spellcheck=\"false\" autocomplete=\""
            + (field.secret() ? "new-password" : "off") + "\" " + attributes + " value=\"")
        .text(value)
        .raw("\">\n");
  }
}
