package chatops.chat.link;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A person who looks at pages: in a personal link, and then in the browser that used it. What the person may see and do is not in
 * it; rights are asked with every request.
 *
 * @param place where the person asked for the link: rights count as there
 * @param expiresAt whole seconds
 * @param nonce of a link, its identity, so that it is used once; of a browser's visit, its identity, which its forms are bound to
 */
public record Visit(Principal principal, Place place, Instant expiresAt, String nonce) {

  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  String text() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("p", principal.platform().name());
    json.put("t", principal.tenant());
    json.put("u", principal.user());
    json.put("n", principal.name());
    json.put("l", place.platform().name());
    json.put("w", place.tenant());
    json.put("c", place.channel());
    json.put("x", expiresAt.getEpochSecond());
    json.put("i", nonce);
    return JsonWriter.write(json);
  }

  static Optional<Visit> parse(String text) {
    try {
      JsonObject json = JsonReader.object(text.getBytes(StandardCharsets.UTF_8));
      return Optional.of(new Visit(
          new Principal(
              Platform.valueOf(json.text("p")), json.text("t"), json.text("u"), json.text("n")),
          new Place(Platform.valueOf(json.text("l")), json.text("w"), json.text("c")),
          Instant.ofEpochSecond(json.number("x")),
          json.text("i")));
    } catch (JsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
