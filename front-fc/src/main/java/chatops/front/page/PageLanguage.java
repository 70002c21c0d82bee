package chatops.front.page;

import chatops.chat.Language;
import chatops.front.http.HttpRequest;
import java.util.Locale;

/** In which language a browser gets a page: {@code ?lang=}, else the first of {@code Accept-Language} we have. */
final class PageLanguage {
  private PageLanguage() {}

  static Language of(HttpRequest request, Language otherwise) {
    Language asked = named(request.parameter("lang"));
    if (asked != null) {
      return asked;
    }
    for (String range : request.header("Accept-Language").split(",", -1)) {
      int end = range.indexOf(';');
      Language language = named((end < 0 ? range : range.substring(0, end)).strip());
      if (language != null) {
        return language;
      }
    }
    return otherwise;
  }

  /** For somebody whose language is known: only the address says another. */
  static Language ofKnown(HttpRequest request, Language usual) {
    Language asked = named(request.parameter("lang"));
    return asked == null ? usual : asked;
  }

  static boolean isNamed(HttpRequest request) {
    return named(request.parameter("lang")) != null;
  }

  private static @org.jspecify.annotations.Nullable Language named(String tag) {
    String lower = tag.toLowerCase(Locale.ROOT);
    String code = lower.length() > 2 && lower.charAt(2) == '-' ? lower.substring(0, 2) : lower;
    for (Language language : Language.values()) {
      if (language.name().toLowerCase(Locale.ROOT).equals(code)) {
        return language;
      }
    }
    return null;
  }
}
