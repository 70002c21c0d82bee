package chatops.engine.policy;

import java.util.Locale;

/** A pattern of template names, in which {@code *} stands for any characters, none included; letter case does not count. */
public record Glob(String pattern) {
  public boolean matches(String template) {
    String glob = pattern.toLowerCase(Locale.ROOT);
    String name = template.toLowerCase(Locale.ROOT);
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (in < name.length()) {
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        resume = in;
      } else if (at < glob.length() && glob.charAt(at) == name.charAt(in)) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++resume;
      } else {
        return false;
      }
    }
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    return at == glob.length();
  }
}
