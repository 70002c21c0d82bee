package chatops.chat.rights;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a configuration is read from again and again. Used by one thread at a time. */
public interface RightsSource {
  /**
   * The configuration, if it changed since it was last given; null when it did not.
   *
   * @throws IOException when it cannot be read
   * @throws RuntimeException when what is there is no configuration; the message says what is wrong, and it is given again once it
   *     is mended
   */
  @Nullable
  Configuration newer() throws IOException;

  /** Where it is, for people. */
  @Override
  String toString();
}
