package chatops.local.desk;

import chatops.local.host.HostException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Says a command to a running host, and waits for its answer. Who says it, the operating system tells the host. */
public final class DeskClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path socket;

  /**
   * What came of a command.
   *
   * @param isDone false when it was refused or could not be handed over
   */
  public record Answer(boolean isDone, String text) {}

  private DeskClient(Path socket) {
    this.socket = socket;
  }

  /** To the host that runs on a directory. @throws HostException when none does */
  public static DeskClient in(Path directory) {
    return new DeskClient(DeskAddress.named(directory));
  }

  /** To the host that listens at a socket. */
  public static DeskClient at(Path socket) {
    return new DeskClient(socket);
  }

  /**
   * @param line what follows {@code /oos} in a chat
   * @throws HostException when no host answers there
   */
  public Answer say(String line) {
    try (SocketChannel desk = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      DeskSocket.write(desk, JSON.createObjectNode().put("line", line));
      byte[] said = DeskSocket.line(desk);
      if (said.length == 0) {
        throw new HostException(
            "the host at " + socket + " hung up; ask it again, with list or show");
      }
      JsonNode answer = JSON.readTree(said);
      return new Answer(answer.path("done").asBoolean(), answer.path("text").asText());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      throw new HostException(
          "the host at " + socket + " does not answer (" + e.getClass().getSimpleName()
              + "); it may have been killed: start it again",
          e);
    }
  }
}
