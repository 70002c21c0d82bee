package chatops.local.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes one JSON object of each line that is printed, with the execution it is about. Thread-safe. */
final class JsonLines extends OutputStream {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern EXECUTION =
      Pattern.compile("\\b(?:execution=)?(exec-[a-z2-7]{26})\\b");
  private static final Pattern TIME = Pattern.compile("^[0-9-]{10}T[0-9:.]+Z ");
  private static final int LONGEST = 64 * 1024;

  private final PrintStream out;
  private final InstantSource clock;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private JsonLines(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  static PrintStream to(PrintStream out, InstantSource clock) {
    return new PrintStream(new JsonLines(out, clock), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n') {
      String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
      line.reset();
      if (!text.isEmpty()) {
        out.println(json(text));
      }
    } else if (line.size() < LONGEST) {
      line.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int start, int length) {
    for (int i = start; i < start + length; i++) {
      write(bytes[i]);
    }
  }

  private String json(String text) {
    ObjectNode json = JSON.createObjectNode();
    json.put("time", clock.instant().toString());
    boolean isFront = text.startsWith("front ");
    json.put("function", isFront ? "front" : "execution");
    Matcher execution = EXECUTION.matcher(text);
    if (execution.find()) {
      json.put("execution", execution.group(1));
    }
    String message = isFront ? text.substring("front ".length()) : text;
    json.put("message", TIME.matcher(message).replaceFirst(""));
    return json.toString();
  }
}
