package chatops.cloudsim.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** One page of a list, by {@code MaxResults} and {@code NextToken} where either is given, else by {@code PageNumber} and {@code PageSize}. */
public final class Paging {
  private final boolean byToken;
  private final int from;
  private final int size;
  private final int number;

  private Paging(boolean byToken, int from, int size, int number) {
    this.byToken = byToken;
    this.from = from;
    this.size = size;
    this.number = number;
  }

  /** @throws CloudException when a number is out of range or the token is not ours */
  public static Paging of(Parameters parameters, int largestPage, int mostResults) {
    if (parameters.text("MaxResults").isPresent()
        || parameters.text("NextToken").isPresent()) {
      int size = parameters.number("MaxResults", 10, 1, mostResults);
      return new Paging(true, parameters.text("NextToken").map(Paging::offset).orElse(0), size, 1);
    }
    int number = parameters.number("PageNumber", 1, 1, 1_000_000);
    int size = parameters.number("PageSize", 10, 1, largestPage);
    return new Paging(false, (number - 1) * size, size, number);
  }

  /** The page's items; writes where it stands, and how many there are in all, into the reply. */
  public <T> List<T> cut(List<T> all, ObjectNode reply) {
    boolean more = byToken && from + size < all.size();
    reply.put("NextToken", more ? token(from + size) : "");
    if (!byToken) {
      reply.put("PageNumber", number).put("PageSize", size);
    }
    reply.put("TotalCount", all.size());
    return all.stream().skip(from).limit(size).toList();
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("o" + offset).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("o")) {
        return Math.max(0, Integer.parseInt(text.substring(1)));
      }
    } catch (IllegalArgumentException notOurs) {
      // answered below like a token of another shape
    }
    throw CloudException.invalid("NextToken", "it was not issued by this service.");
  }
}
