package chatops.local.deploy;

import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.FunctionInitializer;
import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** A handler with an initializer, for the planted violation that forgets to declare it. */
public final class Initialized implements StreamRequestHandler, FunctionInitializer {
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) {}

  @Override
  public void initialize(Context context) {}
}
