package chatops.chat.form;

import chatops.chat.Language;
import chatops.chat.command.Nearest;
import chatops.chat.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said about forms, in a modal and where there is none. Thread-safe. */
public final class FormWording {
  private final Texts texts;

  public FormWording(Texts texts) {
    this.texts = texts;
  }

  /** Below an input: what the template says about it, and what a person cannot see otherwise. */
  public String hint(Language language, FormField field) {
    StringBuilder hint = new StringBuilder(field.hint(language));
    if (field.kind() == FormField.Kind.LIST && field.choices().isEmpty()) {
      line(hint, texts.say(language, "form.hint.list"));
    }
    if (field.computed()) {
      line(hint, texts.say(language, "form.hint.computed"));
    }
    if (field.secret()) {
      line(hint, texts.say(language, "form.hint.secret"));
    }
    return hint.toString();
  }

  /** One line for what is wrong with a value: as it stands beside its input. */
  public String wrong(Language language, FormProblem problem) {
    FormField field = problem.field();
    String own = field.constraint(language);
    boolean isMissing = problem.kind() == FormProblem.Kind.MISSING;
    return own.isEmpty() || isMissing
        ? texts.say(
            language,
            "form.wrong." + problem.kind().name().toLowerCase(Locale.ROOT),
            problem.expected())
        : own;
  }

  /** The same with the parameter before it: where there is no input beside it. */
  public List<String> wrong(Language language, List<FormProblem> problems) {
    List<String> lines = new ArrayList<>();
    for (FormProblem problem : problems) {
      String title = problem.field().title(language);
      String name = problem.field().name();
      String called = title.equals(name) ? name : name + " (" + title + ")";
      lines.add(called + ": " + wrong(language, problem));
    }
    return lines;
  }

  /** One line for each word whose name the template does not declare, with the one that was probably meant. */
  public List<String> unknown(Language language, TemplateForm form, List<String> words) {
    List<String> names = new ArrayList<>();
    for (FormField field : form.fields()) {
      names.add(field.name());
    }
    List<String> lines = new ArrayList<>();
    for (String word : words) {
      String name = word.substring(0, Math.max(0, word.indexOf('=')));
      if (form.field(name) == null) {
        String near = Nearest.to(name, names);
        lines.add(texts.say(language, "form.unknown", name)
            + (near.isEmpty() ? "" : " " + texts.say(language, "form.nearest", near)));
      }
    }
    return lines;
  }

  /**
   * The whole command with a place for everything that is missing or wrong, to be filled in and sent again. Secret values are
   * not repeated.
   */
  public String command(
      Language language,
      String command,
      TemplateForm form,
      Map<FormField, String> given,
      List<FormProblem> problems) {
    StringBuilder line = new StringBuilder(command);
    for (FormField field : form.fields()) {
      boolean wanted = false;
      for (FormProblem problem : problems) {
        wanted = wanted || problem.field().equals(field);
      }
      String value = given.get(field);
      if (wanted) {
        line.append(' ').append(field.name()).append("=<").append(example(language, field));
        line.append('>');
      } else if (value != null) {
        line.append(' ').append(field.name()).append('=');
        line.append(field.secret() ? "…" : quoted(value));
      }
    }
    return line.toString();
  }

  private String example(Language language, FormField field) {
    if (!field.choices().isEmpty()) {
      return String.join(
          "|", field.choices().subList(0, Math.min(5, field.choices().size())));
    }
    return texts.say(language, "form.example." + field.kind().name().toLowerCase(Locale.ROOT));
  }

  private static String quoted(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isWhitespace(c) || c == '"' || c == '\'' || c > 127) {
        return "\"" + value.replace("\"", "\\\"") + "\"";
      }
    }
    return value;
  }

  private static void line(StringBuilder text, String line) {
    text.append(text.length() == 0 ? "" : "\n").append(line);
  }
}
