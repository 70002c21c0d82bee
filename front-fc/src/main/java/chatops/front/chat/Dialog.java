package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.form.FormField;
import chatops.chat.form.TemplateForm;
import chatops.chat.render.Message;
import java.util.List;
import java.util.Map;

/** What a window on a person's screen shows, where a platform has such windows. */
public sealed interface Dialog {
  /**
   * Asks for what a command still needs.
   *
   * @param command as the person would type it, such as {@code /oos run ECS-StartInstances}
   * @param given what the person gave already
   * @param wrong what is wrong with that, one line each
   * @param regions what a region may be
   * @param context see {@link chatops.chat.form.FormContext}
   */
  record Form(
      Language language,
      String command,
      TemplateForm form,
      Map<FormField, String> given,
      List<String> wrong,
      List<String> regions,
      String context)
      implements Dialog {}

  /**
   * Asks which template to run.
   *
   * @param asksChannel whether also in which channel, which a shortcut does not know
   */
  record Choice(Language language, List<String> templates, boolean asksChannel, String context)
      implements Dialog {}

  /**
   * Waits for Execution to fill it.
   *
   * @param id by which Execution finds the window; empty where the window has one already
   */
  record Waiting(Language language, Message message, String id, String context) implements Dialog {}

  /** Says something, and is done. */
  record Told(Language language, Message message) implements Dialog {}
}
