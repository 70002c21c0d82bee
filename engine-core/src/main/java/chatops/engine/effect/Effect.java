package chatops.engine.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One API's place in the catalogue.
 *
 * @param source where the fact comes from
 * @param query for people: a read that shows whether the call happened; empty when there is none
 * @param converge what an "already so" answer means; null when the API has none
 */
public record Effect(
    String api,
    EffectClass effectClass,
    String source,
    String query,
    @Nullable Converge converge) {

  /**
   * How a refused desired-state call is judged by reading the resource.
   *
   * @param codes error codes that may mean "already so"
   * @param api the read, of the same service
   * @param idFrom request parameter that holds the resource id
   * @param idTo parameter of the read that takes it, as a list
   * @param selector path of field names to the state, {@code *} for each element of a list
   * @param done states that are as wanted, or on the way there
   * @param passing states to wait out before asking again
   */
  public record Converge(
      List<String> codes,
      String api,
      String idFrom,
      String idTo,
      List<String> selector,
      List<String> done,
      List<String> passing) {
    public Converge {
      codes = List.copyOf(codes);
      selector = List.copyOf(selector);
      done = List.copyOf(done);
      passing = List.copyOf(passing);
    }
  }
}
