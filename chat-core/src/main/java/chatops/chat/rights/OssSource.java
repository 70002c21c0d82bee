package chatops.chat.rights;

import chatops.chat.oss.OssObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An object in OSS. */
public final class OssSource implements RightsSource {
  private final OssObject object;
  private final FileSource.Form form;

  public OssSource(OssObject object, FileSource.Form form) {
    this.object = object;
    this.form = form;
  }

  @Override
  public @Nullable Configuration newer() throws IOException {
    byte[] bytes = object.changed();
    if (bytes == null) {
      return null;
    }
    try {
      return form.read(bytes);
    } catch (RuntimeException e) {
      object.forget();
      throw e;
    }
  }

  @Override
  public String toString() {
    return object.toString();
  }
}
