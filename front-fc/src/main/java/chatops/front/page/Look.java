package chatops.front.page;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.link.Visit;
import chatops.chat.rights.Rights;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at which page in which language.
 *
 * @param isChosen whether the address says the language: links go on saying it then
 * @param visit null for somebody who is not known
 * @param path of the page
 * @param query of the page, without the language
 */
record Look(
    Language language,
    boolean isChosen,
    @Nullable Visit visit,
    String path,
    Map<String, String> query) {
  private static final Principal BEARER = new Principal(Platform.WEB, "", Rights.BEARER, "");

  Look {
    query = new LinkedHashMap<>(query);
  }

  /** Another page, in the same language. */
  String to(String address) {
    return isChosen
        ? address + (address.indexOf('?') < 0 ? "?" : "&") + "lang=" + PageFrame.code(language)
        : address;
  }

  /** This page in another language. */
  String in(Language other) {
    StringBuilder address = new StringBuilder(path).append("?lang=").append(PageFrame.code(other));
    for (Map.Entry<String, String> each : query.entrySet()) {
      address
          .append('&')
          .append(encoded(each.getKey()))
          .append('=')
          .append(encoded(each.getValue()));
    }
    return address.toString();
  }

  /** For a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Who looks; whoever is not known has nothing but a link. */
  Principal principal() {
    return visit == null ? BEARER : visit.principal();
  }

  /** Where the reader's rights count. */
  Place place() {
    return visit == null ? new Place(Platform.WEB, "", "") : visit.place();
  }

  /** What forms are bound to, beside their subject. */
  String reader() {
    return visit == null ? "" : visit.nonce();
  }

  /** For logs: the person, or that nobody is known. */
  String person() {
    return visit == null ? Rights.BEARER : visit.principal().id();
  }
}
